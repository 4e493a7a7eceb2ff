# What went wrong, and what to do about it.

failure-both = { $first }{ $second }

# The file that was opened
failure-undecodable-sound = このファイルの音声は{ $codec }で、このブラウザではデコードできません。
failure-undecodable-sound-unknown = このファイルの音声は未知の形式で、このブラウザではデコードできません。
failure-undecodable-sounds = このブラウザでは、このファイルの{ $count }個の音声トラックをどれもデコードできません（{ $forms }）。
failure-forms = { $first }、{ $second }
failure-advice-sound-codec = 音声がAAC、MP3、Opusのいずれかになるようにファイルを変換してください。
failure-undecodable-picture = このファイルの映像は{ $codec }で、このブラウザではデコードできません。
failure-undecodable-picture-unknown = このファイルの映像は未知の形式で、このブラウザではデコードできません。
failure-advice-picture-codec = 動画をH.264に変換するか（iPhoneの場合：設定 › カメラ › フォーマット › 互換性優先）、別のブラウザで試してください。
failure-no-sound = このファイルには音声がないため、文字起こしもクリップ探しもできません。
failure-advice-with-speech = 人が話している動画を選ぶか、この動画を音声付きで書き出し直してください。
failure-impossible-sound = この音声は毎秒{ $rate }サンプル、{ $channels }チャンネルとされています。
failure-advice-from-source = ファイルが破損しています。元のデータからもう一度変換するか、書き出し直してください。
failure-damaged-picture = このファイルの映像は破損している箇所が多すぎます。{ $why }
failure-unpaintable-picture = この動画に表示できない映像があります（{ $detail }）。
failure-advice-fresh-mp4 = 動画を新しいMP4に変換して、それを開いてください。
failure-no-picture-here = ファイルのこの位置では映像をデコードできませんでした。
failure-advice-move-clip = クリップの位置を変えるか、動画を新しいMP4に変換してください。
failure-nothing-heard = 今回は言葉が見つかりませんでした。
failure-advice-nothing-heard = 文字起こしとクリップは元のままです。別の言語やモデルを試してください。
failure-no-sample = サンプルをダウンロードできませんでした。
failure-advice-sample = ネットワークに接続してもう一度試すか、お手持ちの動画を選んでください。

# The clip that is written
failure-no-room-for-clip = このクリップを保存する空き容量がブラウザにありません。
failure-advice-room-for-clip = ディスクの空き容量を増やすか、設定で保存済みのモデルやプロジェクトを削除してから、もう一度書き出してください。
failure-no-encoder = このブラウザでは{ $width }×{ $height }のH.264をエンコードできません。
failure-advice-export-elsewhere = 書き出しには最新のChromeかEdgeを使ってください。文字起こしとクリップは残ります。

# Models
failure-unknown-model = 「{ $id }」というモデルはここにはありません。
failure-advice-other-model = 設定で別のモデルを選んでください。
failure-no-model-list = 音声認識モデルの一覧がまだこの端末になく、ダウンロードもできませんでした。
failure-no-model = 音声認識モデルがまだこの端末になく、ダウンロードもできませんでした。
failure-no-model-file = 音声認識モデルの一部（{ $file }）がまだこの端末になく、ダウンロードもできませんでした。
failure-advice-connect-once = Incutを開いたアドレスに一度接続してから再読み込みしてください。その後はネットワークなしで使えます。
failure-no-embedding-models = 声と話題を見分けるモデルがこのサーバーにありません。
failure-advice-by-words = クリップは引き続き言葉をもとに選ばれます。モデルはサーバーの管理者が追加できます。
failure-no-face-model = 顔を見つけるモデルがこのサーバーにありません。
failure-advice-frame-by-hand = 画面の位置は手で動かせます。モデルはサーバーの管理者が追加できます。
failure-model-damaged = 保存済みのモデルが破損しています（{ $file }がチェックサムと一致しません）。
failure-advice-fetch-again = Incutを開いたアドレスに一度接続して、ページを再読み込みしてください。もう一度ダウンロードされます。
failure-model-mismatch = サーバーから、モデルの一覧と異なるファイルが届きました（{ $file }）。
failure-advice-export-models = ページを再読み込みして、もう一度試してください。直らない場合は、サーバーの管理者がモデルを書き出し直す必要があります。
failure-model-failed = モデルでエラーが発生しました（{ $detail }）。
failure-advice-delete-models = もう一度試してください。直らない場合は、設定で保存済みのモデルを削除して、ページを再読み込みしてください。
failure-gpu-stopped = グラフィックプロセッサが停止しました。
failure-advice-cpu-if-again = もう一度試してください。直らない場合は、設定でCPUを選んでください。CPUはどの端末でも使えます。
failure-gpu-unusable = グラフィックプロセッサを使えませんでした。
failure-advice-cpu = 設定でCPUを選んでください。CPUはどの端末でも使えます。

# The engine and its workers
failure-worker-stopped = ワーカーが処理の途中で停止しました。
failure-worker-memory = ワーカーがブラウザからメモリを確保できませんでした。
failure-no-workers-left = 文字起こしが停止しました。おそらくメモリ不足のため、ブラウザがワーカーを繰り返し終了させました。
failure-advice-close-other-tabs = ほかのタブを閉じて続けてください。ここまでの文字起こしは残ります。
failure-no-engine = Incutの処理を行う部分を起動できませんでした。
failure-advice-current-browser = ページを再読み込みしてください。それでも直らない場合は、最新のChrome、Edge、Safari、Firefoxを使ってください。
failure-engine-stopped = Incutの処理を行う部分が予期せず停止しました。ここまでの文字起こしは保存されています。
failure-advice-go-on = 「もう一度試す」を押すと続けられます。
failure-engine-memory = このタブのメモリが足りなくなりました。ここまでの文字起こしは保存されています。
failure-advice-smaller-model = ほかのタブを閉じてから「もう一度試す」を押すか、設定で小さい音声認識モデルを選んでください。
failure-misunderstood = ページとエンジンの間で食い違いが起きました（{ $detail }）。
failure-advice-older-page = ページを再読み込みしてください。エンジンより古い可能性があります。
failure-cancelled = 停止しました。
failure-advice-cancelled = ここまでの結果は残ります。
failure-internal = Incutでエラーが発生しました：{ $detail }。
failure-advice-reload = ページを再読み込みして、もう一度試してください。文字起こしは残ります。

# What keeps the page from working
failure-no-codecs = このブラウザには動画のデコードとエンコードの機能がありません（WebCodecsがありません）。
failure-no-storage = このブラウザではページ専用のファイルストレージが使えないか、それがないプライベートウィンドウです。
failure-no-workers = このブラウザではバックグラウンドでの処理と描画ができません。
failure-advice-other-browser = 最新のChrome、Edge、Safari 26、Firefoxで、https経由またはこのコンピュータ上で開いてください。
failure-mixed-builds = このページと、ブラウザに保存されているIncutのバージョンが異なります。
failure-advice-close-tabs = Incutのタブをすべて閉じてから、開き直してください。
failure-page-incomplete = このページの一部を読み込めませんでした。
failure-advice-goes-on-trying = Incutは引き続き試みます。接続を確認するか、ページを再読み込みしてください。

# The browser, while it was at one of those below
failure-no-room = { $doing }に必要な空き容量がブラウザにありません。
failure-advice-room = ディスクの空き容量を増やすか、設定で保存済みのモデルやプロジェクトを削除してから、もう一度試してください。
failure-taken-back = { $doing }の途中で、ブラウザが映像と音声のコーデックを回収しました。
failure-advice-front = このタブを前面に出して、もう一度試してください。ここまでの結果は残ります。
failure-not-supported = このブラウザでは次の処理ができません：{ $doing }（{ $detail }）。
failure-advice-chrome-or-mp4 = 最新のChromeかEdgeで試すか、ファイルをMP4（H.264とAAC）に変換してください。
failure-file-gone = { $doing }の途中で、ファイルを読み込めなくなりました（{ $detail }）。
failure-advice-moved = ファイルが移動、変更、または取り外された場合は、もう一度選んでください。
failure-browser = { $doing }の途中で、ブラウザがエラーを返しました：{ $detail }。
failure-advice-try-again = もう一度試してください。直らない場合は、ページを再読み込みしてください。ここまでの結果は残ります。

# What the browser was at, as it stands within the sentences above
failure-doing-ask-for-encoder = H.264エンコーダーの確認
failure-doing-start-encoder = H.264エンコーダーの起動
failure-doing-hand-over-picture = 映像の受け渡し
failure-doing-encode-picture = 映像のエンコード
failure-doing-finish-picture = 映像の仕上げ
failure-doing-read-encoded-picture = エンコードした映像の読み取り
failure-doing-ask-for-picture-decoder = 映像をデコードできるかどうかの確認
failure-doing-start-picture-decoder = 映像デコーダーの起動
failure-doing-decode-picture = 映像のデコード
failure-doing-read-picture = デコードした映像の読み取り
failure-doing-start-sound-decoder = 音声デコーダーの起動
failure-doing-decode-sound = 音声のデコード
failure-doing-read-sound = デコードした音声の読み取り
failure-doing-start-worker = ワーカーの起動
failure-doing-hand-over-work = ワーカーへの処理の受け渡し
failure-doing-open-storage = ストレージを開く処理
failure-doing-read-storage = ストレージの読み取り
failure-doing-write-storage = ストレージへの書き込み
failure-doing-name-file = 完成したファイルの名前の設定
failure-doing-store-model-list = モデル一覧の保存
failure-doing-store-model = 音声認識モデルの保存
failure-doing-store-fonts = フォントの保存
failure-doing-read-font = フォントの読み込み
failure-doing-draw-still = 静止画の描画
failure-doing-draw-caption = 字幕の描画
failure-doing-show-preview = プレビューの表示
