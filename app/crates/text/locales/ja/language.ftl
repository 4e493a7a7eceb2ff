# The choice of the page's language, in the settings.

language-title = 言語
language-of-browser = ブラウザと同じ({ $name })
language-unreachable = この言語を読み込めませんでした。ネットワークに接続して、もう一度選んでください。
