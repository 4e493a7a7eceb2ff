# Settings, and the list of keyboard shortcuts.

settings-title = 設定
settings-close = 設定を閉じる

## Models

settings-model-english = { $name }（英語のみ）
settings-model = 音声認識モデル
settings-model-unknown = 一覧を読み込めませんでした。保存済みのモデルを使います。
settings-model-note = 大きいモデルほど正確ですが、時間がかかります。ダウンロードは一度だけで、完了するまでは今のモデルを使い続けます。
settings-writer = タイトルと投稿文
settings-writer-rules = 文字起こしから選ぶ
settings-writer-model = { $title }、{ $size }、ダウンロードは一度だけ
settings-writer-note = クリップのタイトルと投稿文の作り方です。言語モデルもこのタブの中で動き、下書きは文字起こしと照合されます。

## Where models run

settings-device = 実行先
settings-device-auto = 自動
settings-device-cpu = CPU
settings-device-gpu = GPU
settings-no-webgpu = このブラウザはWebGPUに対応していないため、CPUを使います。
settings-webgpu-failed = WebGPUが動作しなかったため、CPUを使います。

## Clips and taste

settings-clips = 提案するクリップの数
settings-taste = あなたの好み
settings-taste-learned = { $count ->
    [0] まだ何も学習していません。クリップを残したりスキップしたりすると、今後の提案に反映されます。
   *[other] 残したりスキップしたりしたクリップ{ $count }件から学習しました。
}
settings-taste-reset = リセット
settings-taste-reset-label = Incutが学習した内容をリセット

## The page

settings-shortcuts = ショートカット
settings-install = Incutをインストール
settings-theme = 外観
settings-theme-system = システム
settings-theme-light = ライト
settings-theme-dark = ダーク

## Privacy

settings-private = プライバシー
settings-private-text = すべて非公開です。動画も音声も文字起こしもクリップも、このタブの中で処理され、このブラウザに保存されます。サーバーはページとモデルを渡すだけで、ページがほかの相手と通信することはできません。アカウントもアクセス解析も広告もありません。

## The list of keyboard shortcuts, which stands in index.html

# Keys, as they are labeled.
settings-key-delete = Delete
settings-key-end = End
settings-key-enter = Enter
settings-key-escape = Esc
settings-key-home = Home
settings-key-select = Shift ←
settings-key-space = Space
settings-keys = キーボードショートカット
settings-keys-everywhere = どこでも
settings-keys-play = 再生／一時停止
settings-keys-seconds = 5秒戻る／進む
settings-keys-redo = やり直す
settings-keys-list = この一覧
settings-keys-clips = クリップ
settings-keys-step = 次／前のクリップ
settings-keys-open = クリップを開く
settings-keys-keep = 残す
settings-keys-skip = スキップ
settings-keys-export = 書き出す
settings-keys-editor = クリップを開いているとき
settings-keys-in-out = ここで開始／終了
settings-keys-start = 開始を1語早く／遅く
settings-keys-end = 終了を1語早く／遅く
settings-keys-select = 単語を選択
settings-keys-cut = 単語をカット／元に戻す
settings-keys-correct = 単語を修正
settings-keys-close = クリップを閉じる
settings-keys-transcript = 文字起こし
settings-keys-line = 1行ずつ移動
settings-keys-word = 1語ずつ移動
settings-keys-ends = 最初／最後の行
settings-keys-go = 動画のその位置に移動
settings-keys-single = 1文字のショートカットを使う
