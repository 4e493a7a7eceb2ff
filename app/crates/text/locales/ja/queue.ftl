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
