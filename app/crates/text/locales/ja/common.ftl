# Words that several rooms of the page say.

common-cancel = キャンセル
common-clip-number = クリップ{ $number }
common-clips = クリップ{ $count }件
common-close = 閉じる
# Between the parts of a list.
common-comma = 、
common-copied = コピーしました
common-copied-not = コピーできませんでした
common-copy = コピー
common-keep = 残す
# As it stands on the keys.
common-key-redo = Ctrl+Shift+Z
common-key-undo = Ctrl+Z
common-pause = 一時停止
common-play = 再生
common-save = 保存
common-see-stored = 保存内容を見る
common-settings = 設定
common-stopping = 停止しています
common-the-clip = クリップ
common-try-again = もう一度試す
common-undo = 元に戻す
# What a button does, and the keys for it.
common-with-keys = { $act }（{ $keys }）
