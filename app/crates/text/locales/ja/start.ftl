# The page without a video: what Incut does, where to drop one, and a project that waits for its file.

start-title-long = 長い動画から、
start-title-short = 短いクリップへ。
start-promise = Incutは動画の音声を聞き取り、シェアしたくなる場面を見つけて、字幕付きの縦型クリップにします。
start-promise-private = 動画がこのタブの外に出ることはありません。
start-choose-video = 動画を選ぶ
start-drop = または、このページにドロップ
start-sample-question = 手元に動画がありませんか？
start-sample = サンプルで試す
start-sample-note = コンピュータが読み上げる短いトーク

# Three facts below
start-private = アップロードはしません。
start-private-more = アカウントは不要で、動画を見られるサーバーもありません。
start-offline = オフラインで使えます。
start-offline-more = Incutはこのブラウザに保存されていて、ネットワークなしで開けます。
start-local = この端末で動きます。
start-local-more = 文字起こしもクリップ作成も、サーバーではなくここで行います。
start-yours = 決めるのはあなたです。
start-yours-more = どのクリップにも選んだ理由が付き、カットはすべて動かしたり元に戻したりできます。

# After everything was erased
start-erased = このブラウザから消去しました
start-erased-whole = このリストも含め、Incutのデータはこのブラウザに残っていません。次回は最初から始まります。
start-erased-partly = 消去できないものがありました。Incutのほかのタブをすべて閉じて、もう一度消去してください。

# A project whose file has to be chosen again; the name is shown in bold
start-expected = 続けるには{ $name }をもう一度選んでください。ブラウザに残るのはクリップと文字起こしで、動画は残りません。
start-expected-choose = ファイルを選ぶ
start-expected-later = 今はしない
start-mismatch = { $chosen }（{ $size }）は、このプロジェクトの動画{ $expected }（{ $expected_size }）と一致しません。
start-mismatch-namesake = 名前とサイズは同じですが、中身が違います。
start-mismatch-again = 選び直す
start-mismatch-new = 新しい動画として開く
start-renamed = 中身は同じで、名前だけが変わっています。{ $before }の続きから始めます。
