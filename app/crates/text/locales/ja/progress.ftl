# The work that runs now, how far the speech model is, and another model that is got ready beside it.

progress-label = 進み具合
progress-opening = 動画を開いています
progress-transcribing = 文字起こし中
progress-transcribing-again = もう一度文字起こし中
progress-translating = 英語に翻訳中
progress-faces = 顔を探しています
progress-making = クリップを書き出しています
progress-making-of = クリップを書き出しています（{ $number }/{ $count }）
progress-speed = { $speed }倍速
progress-amount = { $done }/{ $total }
progress-translation-stays = 文字起こしとクリップはそのまま残り、英語が追加されます。
progress-words-stay = 新しい文字起こしが完成するまで、今の文字起こしとクリップはそのまま残ります。
progress-stopped = 停止しました
progress-saved-so-far = ここまでの文字起こしは保存されています。
progress-nothing-yet = まだ何も文字起こしされていません。
progress-continue = 続ける

# The speech model
progress-model-loading = 音声認識モデルを読み込んでいます…
progress-model-downloading = 音声認識モデルをダウンロード中
progress-model-downloading-why = 最初の一度だけです。このブラウザに保存されます。
progress-model-checking = 音声認識モデルを確認中
progress-model-checking-why = ダウンロードしたデータを検証しています。
progress-model-waiting = 別のタブが音声認識モデルをダウンロード中です
progress-model-waiting-why = 終わりしだい、こちらも続きます。
progress-video-waits = 準備ができしだい、動画が開きます。
progress-ready-on-gpu = 音声認識モデルの準備完了：{ $model }、GPUを使用
progress-ready-on-gpu-named = 音声認識モデルの準備完了：{ $model }、GPU（{ $adapter }）を使用
progress-ready-on-cpu = { $count ->
    [1] 音声認識モデルの準備完了：{ $model }、CPUを使用
   *[other] 音声認識モデルの準備完了：{ $model }、CPU { $count }コアを使用
}
progress-no-model = 音声認識モデルは保存されていません。動画を開くとダウンロードします。
progress-download-now = 今すぐダウンロード

# Another model or device, while the present one goes on
progress-other-rules = 文字起こしから選ぶ方法
progress-other-device = 別のデバイス
progress-other-starting = { $what }：起動中
progress-other-step = { $what }：{ $step }
progress-beside-looking = 準備中
progress-beside-downloading = ダウンロード中（最初の一度だけ）
progress-beside-checking = ダウンロードを検証中
progress-beside-loading = 読み込み中
progress-beside-waiting = 別のタブがダウンロード中
progress-other-ready = 今の処理が終わりしだい、{ $what }に切り替わります
progress-other-broken = { $what }は使えません。{ $why }
progress-stay = { $model }のまま使う
progress-leave = 元のままにする
