# What a screen reader says of results, for some seconds.

told-ready = { $count ->
    [0] クリップはありません
   *[other] クリップが{ $count }件できました
}
told-ready-and = { $ready }。{ $note }
told-translated = 元の言語に加えて、英語も用意できました。字幕の言語を選べます
told-saved = { $clip }を保存しました

# What a person said of a clip
told-skipped = { $clip }をスキップしました
told-skipped-new = { $clip }をスキップしました。最後に{ $new }が加わりました
told-kept = { $clip }を残します
told-not-kept = { $clip }を残すのをやめました
told-back = { $clip }が戻りました
told-back-for-last = { $clip }が最後のクリップと入れ替わって戻りました

# What was canceled
told-canceled-opening = 開くのをキャンセルしました
told-canceled-export = 書き出しをキャンセルしました
told-canceled-faces = 顔探しをやめました。
told-canceled-again = 文字起こしのやり直しをキャンセルしました。すべて元のままです。
told-canceled-saved = 文字起こしをキャンセルしました。ここまでの文字起こしは保存されています。
told-canceled-nothing = 文字起こしをキャンセルしました。まだ何も文字起こしされていません。
told-canceled-translation = 翻訳をキャンセルしました。すべて元のままです。
told-canceled-understanding = 話者、反応、話題の検出をキャンセルしました
told-canceled-writing = 文章の作成をキャンセルしました
