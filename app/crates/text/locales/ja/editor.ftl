# The editor of one clip: its preview, its words, what was written about it, and what can be changed about it.

## The frame of the editor

editor-heading = クリップ{ $number }/{ $count }
editor-previous = 前のクリップ
editor-next = 次のクリップ
editor-close = エディターを閉じる
editor-preview = 仕上がりのプレビュー
editor-export = このクリップを書き出す

## The preview's controls

editor-position = クリップ内の位置
# Times, as a screen reader says them.
editor-position-of = { $length }のうち{ $at }

## What can be changed

editor-title = タイトル
editor-trim = トリミング
# Brackets with a space on each side are shown as keys.
editor-trim-keys = ショートカット（1語ずつ）： [ ] 開始、 {"{"} {"}"} 終了
editor-start = 開始
editor-start-sentence-earlier = 開始を1文早く
editor-start-word-earlier = 開始を1語早く
editor-start-word-later = 開始を1語遅く
editor-start-sentence-later = 開始を1文遅く
editor-end = 終了
editor-end-sentence-earlier = 終了を1文早く
editor-end-word-earlier = 終了を1語早く
editor-end-word-later = 終了を1語遅く
editor-end-sentence-later = 終了を1文遅く
editor-captions = 字幕
editor-captions-bold = 太字
editor-captions-plate = 背景つき
editor-captions-off = オフ
editor-labels = 字幕での話者の表示
editor-labels-off = オフ
editor-labels-colors = 色
editor-labels-names = 名前
editor-labels-note = この動画のすべてのクリップに反映されます。話者の名前は文字起こしで変更できます。
editor-shape = 形
editor-shape-upright = 縦長（{ $ratio }）
editor-shape-portrait = 縦（{ $ratio }）
editor-shape-square = 正方形（{ $ratio }）
editor-shape-wide = 横長（{ $ratio }）
editor-shape-note = このビデオのすべてのクリップに使われます。
editor-framing = 切り抜き
editor-framing-left = 左
editor-framing-right = 右
editor-framing-position = 切り抜きの横位置
editor-framing-automatic = 自動
editor-framing-by-hand = 手動
editor-faces-finding = 顔を探しています
editor-faces-cancel = 顔の検出をキャンセル
editor-faces-failed = 顔を探せませんでした。{ $why }
editor-faces-stopped = 中止しました。画面の中央を表示します。
editor-aim-face = { $count } カットで顔に合わせています。
editor-aim-moving-face = { $count } カットで顔を追っています。
editor-aim-faces = { $count } カットで複数の顔をまとめて映しています。
editor-aim-split = { $count } カットで顔をそれぞれの枠に分けています。
editor-aim-motion = { $count } カットは顔がないため、動きのある所を映しています。
editor-aim-middle = { $count } カットは顔がないため、中央を映しています。
editor-why = この場面を選んだ理由

## The words of the clip

editor-words = 言葉
editor-words-length = 再生{ $played }、カット{ $cut }
# A word that is struck through.
editor-words-out = { $word }、カット済み
editor-words-cut = カット
editor-words-split = ここで分割
editor-correct = 修正
editor-words-back = 戻す
editor-words-note = 言葉を選んで修正やカットをするか、その前でクリップを分割します。取り消し線の言葉を押すと戻ります。
editor-words-split-short = どちらも1秒以上必要です。
editor-words-no-time = その言葉だけの音声が見つかりませんでした。
editor-words-too-short = 1秒以上は残す必要があります。クリップごと外すには「スキップ」を押してください。
editor-correct-question = 実際には何と言っていましたか？
editor-correct-done = 修正
editor-correct-note = 字幕、タイトル、検索にも反映されます。音声はそのままです。
editor-correct-elsewhere = ほかに{ $count }か所で同じように聞き取られています。
editor-correct-more = そこも修正

## Pauses and filler words

editor-pauses = 間（ま）
editor-pauses-natural = 自然
editor-pauses-tight = 短め
editor-pauses-fast = 速い
editor-pauses-shorten = 間を短くする
editor-pauses-back = 間を元に戻す
editor-pauses-found = { $count }か所の間を、合わせて{ $seconds }秒短くできます。息づかいや笑い声は残ります。
editor-pauses-none = { $seconds }秒より長い間はありません。
editor-fillers-cut = フィラーをカット
editor-fillers = フィラー{ $count }個：{ $words }

## What was written about the clip

editor-texts = タイトルと投稿文
editor-texts-title = タイトル
editor-texts-hook = フック
editor-texts-summary = 要約
editor-texts-post = 投稿文
editor-texts-hashtags = ハッシュタグ
editor-texts-copy-title = コピー：タイトル
editor-texts-copy-hook = コピー：フック
editor-texts-copy-summary = コピー：要約
editor-texts-copy-post = コピー：投稿文
editor-texts-copy-hashtags = コピー：ハッシュタグ
editor-texts-use-title = タイトルに使う
editor-texts-used = 使いました
editor-texts-write = 作成
editor-texts-rewrite = 書き直す
editor-texts-writing = 作成中…
editor-texts-by-model = AIの下書き（文字起こしと照合済み）
editor-texts-by-choice = AIが選んだ原文
editor-texts-by-rules = 自動
editor-texts-refused = { $count ->
   *[other] 文字起こしと合わない下書き{ $count }件を除きました。
}
editor-texts-unfit = { $count ->
   *[other] 途中で終わった、または長すぎる下書き{ $count }件を除きました。
}
editor-texts-stopped = 言語モデルが途中で止まりました。{ $why }

## Told to those who do not see it

editor-told-start = 開始{ $at }、{ $words }
editor-told-end = 終了{ $at }、{ $words }
editor-told-cut = カットしました：「{ $words }」。残り{ $length }
editor-told-back = 戻しました：「{ $words }」。{ $length }になりました
editor-told-split = 2つに分けました。後半はクリップ{ $number }です
editor-told-corrected = 修正しました：「{ $text }」
editor-told-corrected-more = ほかの{ $count }か所も修正しました
editor-told-pauses = { $count }か所の間を短くしました。残り{ $length }
editor-told-pauses-back = 間を元に戻しました。{ $length }になりました
editor-told-captions-bold = 字幕：太字
editor-told-captions-plate = 字幕：背景つき
editor-told-captions-off = 字幕なし
