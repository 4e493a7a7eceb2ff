# The transcript: its text, finding in it, who speaks, and how speech is written down.

## The text

transcript-title = 文字起こし
transcript-label = 話された言葉。矢印キーで行や単語を移動し、Enterで動画のその位置に移動します。Shiftと矢印キーで、自分のクリップにする言葉を選びます。
transcript-opening = 開いています…
transcript-first-words = 文字起こし中です。まもなく最初の言葉が表示されます。
transcript-no-words = 言葉がありません。
transcript-follow = 再生に追従
transcript-new-clip = この言葉から新しいクリップ
transcript-go-to = { $position }に移動

## Finding

transcript-find = 文字起こしを検索
transcript-find-label = 文字起こしを検索。Enterで次の一致へ、Shift+Enterで前の一致へ移動します
transcript-find-none = なし
transcript-find-count = { $number }/{ $count }
transcript-find-previous = 前の一致
transcript-find-previous-hint = 前へ（Shift+Enter）
transcript-find-next = 次の一致
transcript-find-next-hint = 次へ（Enter）
transcript-meaning = 意味で検索
transcript-meaning-hint = 言い回しが違っても、意味が近い文を探します
transcript-meaning-nearest = 「{ $text }」に最も近い文
transcript-meaning-failed = 「{ $text }」を検索できませんでした。{ $why }
transcript-meaning-looking = 「{ $text }」を検索しています…
transcript-meaning-close = 意味で検索した結果を閉じる

## Who speaks

transcript-speaker-numbered = 話者{ $number }
transcript-speaker-tag = 話者は{ $name }です。話者を変更
transcript-speaker-question = ここで話しているのは？
transcript-speaker-name = 名前（すべての箇所）
transcript-speaker-rename = 名前を変更
transcript-speaker-same = 同じ人物を選ぶ
transcript-speaker-same-as = { $name }は{ $other }と同じ人物
transcript-speaker-turn = この発言の話者を選ぶ
transcript-speaker-from-here = ここから{ $name }が話す
transcript-speaker-new = 新しい話者
transcript-speaker-new-from-here = ここから新しい話者が話す

## How speech is written down

transcript-language = 言語
transcript-language-detect = 自動で検出
transcript-language-detected = 検出：{ $language }
transcript-english-instead = 英語に置き換える
transcript-english-as-well = 英語も追加
transcript-english-as-well-hint = 音声認識モデルが翻訳します。文字起こしとクリップはそのまま残ります。
transcript-captions = 字幕の言語
transcript-captions-hint = この動画のすべてのクリップに使います。英語は音声認識モデルによる翻訳です。
transcript-captions-are-in = 字幕の言語：{ $language }
transcript-names = 名前
# Names apart by commas.
transcript-names-example = 山田花子, Leptos, …
transcript-names-hint = この動画に出てくる人名、ブランド名、専門用語を、文字起こしでの表記どおりに入力します
transcript-again = もう一度文字起こし
transcript-again-hint = 新しい文字起こしが完成するまで、今の文字起こしとクリップはそのまま残ります
transcript-clips-stay = クリップはそのまま残します
# Stands for the name of a speech model that is not known.
transcript-new-model = 新しいモデル

## Languages that browsers may have no name for

transcript-bashkir = バシキール語
transcript-cantonese = 広東語
transcript-hawaiian = ハワイ語
transcript-javanese = ジャワ語
transcript-lingala = リンガラ語
transcript-occitan = オック語
transcript-tibetan = チベット語
transcript-turkmen = トルクメン語
