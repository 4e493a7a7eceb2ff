# What is asked and told about the words and the clips as a whole: first picks and better ones, words that were transcribed again, another model.

picks-first = 最初の候補です。このまま残ります。もっと良いものが見つかったら、おたずねします。
picks-better = もっと良いクリップが{ $count }件見つかりました。
picks-better-more = 開いたもの、変更したもの、残したもの、書き出したものはそのままです。
picks-show-better = { $count ->
   *[other] 見る
}
picks-keep-these = 今のまま残す
picks-again = もう一度文字起こししました。
picks-again-more = タイトル、切り抜き、選んだ結果、話者名は引き継がれています。
picks-again-good = これでOK
picks-again-back = 前の文字起こしに戻す

# Another speech model
picks-model = 新しいモデルで、このファイルをもう一度文字起こししますか？
picks-model-more = 新しい文字起こしが完成するまで、今の文字起こしとクリップはそのまま残ります。
picks-model-again = もう一度文字起こし
picks-model-keep = 今の文字起こしを残す
picks-cannot-know = { $model }が分かるのは{ $only }だけで、これは{ $heard }です。ほとんどの言葉が推測になります。

# Another language than the model knows
picks-foreign = 英語ではないようです。
picks-foreign-why = ここまでの言葉は、ほとんどが推測です。
picks-no-english = 英語は聞き取れませんでした。
picks-no-english-why = 別の言語ですか？
picks-offer = { $model }は{ $count }言語に対応していて、ダウンロードは一度だけです（{ $size }）。
picks-no-offer = このサーバーには、ほかの言語のモデルがありません。
picks-silence = 誰も話していない場合は、別の動画を選んでください。
picks-use-model = そのモデルを使う
picks-is-english = 英語です
