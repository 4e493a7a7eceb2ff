# The video and what is said in it at a glance: player, sound, lanes, chapters.

## Player

outline-video = 開いている動画
outline-cannot-play = このブラウザではこの種類のファイルを再生できませんが、Incutで読み取ることはできます。
outline-sound-only = 音声のみ

## Sound

outline-position = 動画の再生位置
outline-position-of = { $end }中{ $position }

## Lanes, whose names stand in a narrow column

outline-lane-chapters = チャプター
outline-lane-facts = 名前・数字
outline-lane-feelings = 感情
outline-lane-loudness = 音量
outline-lane-pace = 話す速さ
outline-lane-questions = 質問
outline-lane-reactions = 反応
outline-lane-speakers = 話者
outline-lanes-fewer = トラックを減らす
outline-lanes-more = トラックを増やす

## The lanes in words, for those who do not see them

outline-told-facts = 数字と名前：{ $places }。
outline-told-feelings = 感情：{ $places }。
outline-told-questions = 質問：{ $places }。
outline-told-reactions = 笑い声や拍手：{ $places }。
# One of the places of the message before.
outline-told-probably = おそらく{ $position }
outline-told-speakers = 話者：{ $speakers }。
# One of the speakers of the message before, and how long they speak.
outline-told-speaker = { $name } { $length }

## Chapters

outline-chapters = チャプター
outline-key-points = 要点
outline-topics = トピック
outline-find-clips = 「{ $word }」のクリップを探す
outline-export = チャプターを書き出す
outline-copy-label = チャプターをコピー（動画サイトで使える形式）
outline-save-label = チャプターを保存（テキストファイル）
outline-notes = メモ（Markdown）
outline-notes-label = メモ（Markdown）：チャプター、要点、トピック
