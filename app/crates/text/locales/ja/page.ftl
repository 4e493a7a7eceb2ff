# The page as a whole: its frame and top line, and the count of requests.

page-title = Incut：長い動画から短いクリップへ
page-skip = 本文へ移動
page-files = 動画または音声のファイル
page-clips-from = { $name }のクリップ
page-tools = ツールを準備しています…
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
