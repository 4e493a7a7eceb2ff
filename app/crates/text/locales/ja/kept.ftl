# What is kept in this browser: the list of projects, whether the open one is saved, how much room it all takes, and deleting it.

# The list on the first page
kept-continue = 続きから
kept-show-all = { $count }件すべて表示
kept-no-list = ブラウザのストレージが応答しないため、プロジェクトを表示できません。中身は何も変わっていません。
kept-projects-here = プロジェクト{ $count }件が保存されています。
kept-forget-oldest = { $count ->
    [1] 一番古いものを削除
   *[other] 古いものから{ $count }件を削除
}
kept-exported = 書き出し済み{ $count }件
kept-transcribed = { $percent }文字起こし済み
kept-made-by-newer = 新しいバージョンのIncutで作成
kept-cannot-be-read = ここでは読み込めません
kept-nameless = 名前のないプロジェクト
kept-forget = { $name }を削除
kept-save-raw = 元データを保存
kept-save-raw-of = { $name }の保存データをそのままファイルに保存

# After a project was forgotten
kept-forgot = { $name }を削除しました。
kept-forgot-exports = { $name }と書き出したクリップ{ $count }件（{ $size }）を削除しました。
kept-deleted = 削除しました：{ $what }。
kept-stayed-open = プロジェクト{ $count }件は別のタブで開いているため残っています。先にそのタブで閉じてください。
kept-stayed-unreachable = ブラウザのストレージが応答しなかったため、プロジェクト{ $count }件が残っています。もう一度試してください。
kept-back = { $count ->
    [1] 元に戻しました。
   *[other] { $count }件を元に戻しました。
}
kept-back-partly = ブラウザのストレージが応答しなかったため、戻せなかったものがあります。

# The open project is not being saved: why, and what to do
kept-not = 保存されていません。
kept-unreachable = ブラウザのストレージが応答しません。
kept-unreachable-advice = このタブを開いたままにしてください。自動的に保存し直します。その間もすべて使えます。
kept-full = ブラウザの保存領域がいっぱいです。
kept-full-advice = ディスクの空きを増やすか、設定で音声認識モデルやプロジェクトを削除してください。その後は自動的に保存されます。
kept-changed = ここで開いた後に、別のタブがこのプロジェクトを変更しました。
kept-changed-advice = どちらを残すか選んでください。
kept-take-stored = 別のタブの内容にする
kept-insist = ここの内容を残す
kept-forgotten = このプロジェクトは別のタブで削除されました。
kept-forgotten-advice = 動画を閉じるか、プロジェクトを保存し直してください。
kept-keep-again = 保存し直す
kept-unreadable = このファイルについて以前保存された内容は、ここでは読み込めません。上書きもしません。
kept-unreadable-advice = 必要になりそうなら、そのままファイルに保存してから、このプロジェクトで置き換えてください。
kept-replace = これで置き換える
kept-left-behind = { $name }への最後の変更が保存されていません。
kept-left-behind-advice = このタブを開いたまま、もう一度試してください。
kept-elsewhere = このプロジェクトは別のタブで開いています。ここでは見るだけで、変更はできません。
kept-newer = 新しいバージョンのIncutで作られたプロジェクトです。ここでは表示だけで、内容は変わりません。新しいバージョンにするには、ページを再読み込みしてください。
kept-take-over = ここで作業する
kept-at-work-elsewhere = 別のタブがまだ処理しています。終わってからもう一度試してください。

# In the settings: how much is stored, and deleting it
kept-stored = このブラウザに保存されているもの
kept-used = { $allowed }のうち{ $used }。
kept-promised = ブラウザは、自動では消去しないと約束しています。
kept-may-be-cleared = ディスクがいっぱいになると、ブラウザが消去することがあります。
kept-unsaid = 保存し続けるかどうか、ブラウザからの返答がありません。
kept-close-first = プロジェクトやモデルだけを削除するには、先に開いている動画を閉じてください。
kept-delete-projects = プロジェクトとクリップを削除
kept-delete-models = 音声認識モデルを削除
kept-delete = 削除
kept-delete-question = { $what }を削除しますか？
kept-with-exports = { $name }（{ $exports }を含む）
kept-model-files = モデルファイル{ $count }件、{ $size }
kept-delete-models-question = { $what }を削除しますか？次に動画を開くと、もう一度ダウンロードします。
kept-models-deleted = 削除しました：{ $what }。次に動画を開くと、もう一度ダウンロードします。
kept-models-stay = 別のタブがダウンロード中のため、モデルは残っています。
kept-models-partly = 削除できないモデルがありました。Incutのほかのタブを閉じて、もう一度試してください。
kept-erase = すべて消去
kept-erase-question = すべて消去して閉じますか？この操作は元に戻せません。
kept-erase-and-close = すべて消去して閉じる
kept-keep-everything = すべて残す
