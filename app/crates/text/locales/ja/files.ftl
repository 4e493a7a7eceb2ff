# Files and their measures: what the transcript is saved as, what is stored in this browser, lengths, sizes and shares.

## What the transcript is saved as

files-download = ダウンロード
files-download-label = 文字起こしをダウンロード
files-srt = 字幕（SRT）
files-srt-note = 動画サイトやプレーヤー用
files-vtt = 字幕（VTT）
files-vtt-note = ウェブページ用
files-transcript = 文字起こし（JSON）
files-transcript-note = 単語ごとの時刻つき
files-report = レポート（JSON）
files-report-note = 処理の内容と速さ
# One of the above, and the language that it is in.
files-in-language = { $form }、{ $language }
# The name of a file, without its ending.
files-chapters-name = { $name } チャプター

## What is stored in this browser, and what of it was deleted

files-projects = プロジェクト{ $projects }件、{ $size }
files-projects-and-clips = プロジェクト{ $projects }件、書き出したクリップ{ $clips }件、{ $size }
files-models = モデル：ファイル{ $count }件、{ $size }
files-settings = 設定
files-names = 入力した名前{ $count }件
files-taste = 残したりスキップしたりしたクリップ{ $count }件から学んだこと
files-page = オフラインで使うために保存したこのページ

## Lengths and shares

files-seconds = { $seconds }秒
files-minutes = { $minutes }分
files-minutes-seconds = { $minutes }分{ $seconds }秒
files-percent = { $percent }%
# For screen readers.
files-spoken-seconds = { $seconds }秒
files-spoken-minutes = { $minutes }分
files-spoken-minutes-seconds = { $minutes }分{ $seconds }秒

## Time left

files-left-moment = 残り数秒
files-left-seconds = 残り約{ $seconds }秒
files-left-minutes = 残り約{ $minutes }分
files-left-hours = 残り約{ $hours }時間{ $minutes }分
