# Words that several rooms of the page say.

common-close = 閉じる
common-undo = 元に戻す
