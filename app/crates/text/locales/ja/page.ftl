# The page as a whole: its frame and top line, the count of requests, and what keeps it from working.

page-title = Incut：長い動画から短いクリップへ
page-skip = 本文へ移動
page-files = 動画または音声のファイル
page-clips-from = { $name }のクリップ
page-video = 動画
page-clips = クリップ
page-drop = どこにでもドロップできます

# The top line
page-start = Incut、スタートページ
page-close-video = この動画を閉じる
page-install = インストール
page-works-offline = オフライン対応
page-is-offline = オフラインでもすべて使えます
page-offline-why = ページと音声認識モデルはこのブラウザに保存され、確認済みです。
page-update = 再読み込みして更新
page-update-is-here = 新しいバージョンのIncutがあります
page-update-waits = 今の処理が終わると更新できます
page-update-refused = 別のタブが処理中です

# What was asked of servers; a number follows the first two
page-requests-since = ファイルを開いてからの通信：
page-requests = 通信：
page-requests-none = ファイルを開いてから、サーバーとの通信はありません。
page-requests-told = ファイルを開いてからの通信：{ $what }。
page-requests-counted = 数えるのは、このページとそのワーカー、サービスワーカーからサーバーへの通信です。ブラウザ自身や拡張機能の通信は数えません。
page-requests-models = モデルファイル{ $count }件
page-requests-fonts = フォント{ $count }件
page-requests-icons = アイコン{ $count }件
page-requests-pages = ページのファイル{ $count }件
page-requests-nothing-sent = 送信なし
page-requests-unexpected = 想定外{ $count }件

# What to do about something that went wrong
page-use-cpu = 代わりにCPUを使う
page-choose-another = 別のファイルを選ぶ
page-close-message = このメッセージを閉じる

# What keeps the page from working, and what to do
page-no-codecs = このブラウザには動画のデコードとエンコードの機能がありません（WebCodecsがありません）。
page-no-storage = このブラウザではページ専用のファイルストレージが使えないか、それがないプライベートウィンドウです。
page-no-workers = このブラウザではバックグラウンドでの処理と描画ができません。
page-other-browser = 最新のChrome、Edge、Safari 26、Firefoxで、https経由またはこのコンピュータ上で開いてください。
page-mixed-builds = このページと、ブラウザに保存されているIncutのバージョンが異なります。
page-mixed-builds-advice = Incutのタブをすべて閉じてから、開き直してください。
page-no-engine = Incutの処理を行う部分を起動できませんでした。
page-no-engine-advice = ページを再読み込みしてください。それでも直らない場合は、最新のChrome、Edge、Safari、Firefoxを使ってください。
page-engine-stopped = Incutの処理を行う部分が予期せず停止しました。ここまでの文字起こしは保存されています。
page-engine-stopped-advice = 「もう一度試す」を押すと続けられます。
page-out-of-memory = このタブのメモリが足りなくなりました。ここまでの文字起こしは保存されています。
page-out-of-memory-advice = ほかのタブを閉じてから「もう一度試す」を押すか、設定で小さい音声認識モデルを選んでください。
page-misunderstood = ページとエンジンの間で食い違いが起きました（{ $detail }）。
page-misunderstood-advice = ページを再読み込みしてください。エンジンより古い可能性があります。
