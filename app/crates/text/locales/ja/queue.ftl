# Several files: those that are worked off one after another, and the question that a file asks which comes while another is worked on.

queue-label = 順番待ち
queue-add = { $name }を順番待ちに追加しますか？
queue-add-many = 動画{ $count }本を順番待ちに追加しますか？
queue-not-done = { $open }がまだ終わっていません。
queue-add-now = 順番待ちに追加
queue-open-now = { $count ->
   *[other] 今すぐ開く
}
queue-never = 開かない
queue-now-stops = 「{ $button }」を押すと{ $open }は停止します。ここまでの文字起こしは保存されます。
queue-is-open = { $name }はもう開いています。
queue-is-waiting = { $name }を順番待ちに追加しました

# The list
queue-start-now = 今すぐ始める
queue-start-next = 次を今すぐ始める
queue-wait = 待つ
queue-entry-done = 完了
queue-entry-now = 処理中
queue-entry-waiting = 待機中
queue-remove = { $name }を順番待ちから外す
queue-open-again = { $name }をもう一度開く

# How far they are. Where some could not be opened, that is said as well.
queue-at = 動画{ $count }本中{ $number }本目{ $failed ->
    [0] { "" }
   *[other] 、{ $failed }本は開けませんでした
}
queue-waiting = { $count }本の動画が待機中
queue-done = { $count }本の動画が完了
queue-partly-done = 動画{ $count }本中{ $done }本が完了{ $failed ->
    [0] { "" }
   *[other] 、{ $failed }本は開けませんでした
}

# What comes next
queue-next-soon = 次の動画はまもなく始まります。
queue-next-asked = 次の動画は、開始するまで待機します。
