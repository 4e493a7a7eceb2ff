# The suggested clips: their list and cards, why each was chosen, what a person wants them to be, what is found out and written beside
# them, and the steps that can be taken back.

## The list

clips-title = { $count ->
    [0] クリップ
   *[other] クリップ{ $count }件
}
clips-redo = やり直す
# What the step did is one of the messages clips-step-….
clips-undo-step = 元に戻す：{ $step }
clips-redo-step = やり直す：{ $step }
clips-undone = 元に戻しました：{ $step }
clips-redone = やり直しました：{ $step }
clips-write-all = タイトルと投稿文を作成
clips-export-all = すべて書き出す
clips-skipped = スキップしたクリップ
clips-bring-back = 戻す
clips-bring-back-named = 「{ $title }」を戻す
clips-expected = 文字起こしが終わると、ここに見どころが表示されます。

## A card

# Its length follows.
clips-card-watch = クリップ{ $number }「{ $title }」を再生して編集、
clips-card-reasons = 選ばれた理由
# Words that are said in the clip.
clips-quoted = 「{ $text }」
clips-export = 書き出す
clips-export-number = クリップ{ $number }を書き出す
clips-download-again = 再ダウンロード
clips-download-again-number = クリップ{ $number }を再ダウンロード
clips-saved-as = { $name }、{ $size }
clips-kept = 残しました
clips-keep-number = クリップ{ $number }を残す
clips-keep-hint = このクリップを残し、似たものをもっと提案します
clips-skip = スキップ
clips-skip-number = クリップ{ $number }をスキップ
clips-skip-hint = このクリップを外し、似たものの提案を減らします

## Why a clip was chosen

clips-score = スコア：100点中{ $score }点
clips-score-why = スコア：100点中{ $score }点、理由
clips-score-hint = 単独でどれだけ伝わるか（100点満点）
clips-score-hint-press = 単独でどれだけ伝わるか（100点満点）。押すと理由を表示
clips-why-parts = スコアの内訳
clips-why-points = { $count ->
   *[other] { $points }点
}
# With a sign: +3 or -3.
clips-why-taste = 残したもの、スキップしたものから：{ $points }
clips-why-down = 減点の理由
clips-part-opening = 出だし
clips-part-closing = 締め
clips-part-length = 長さ
clips-part-hook = 最初のひと言
clips-part-density = 要点が早い
clips-part-coherence = まとまり
clips-part-pace = テンポ
clips-part-flow = 長い間がない
clips-part-clarity = 音声の明瞭さ
clips-part-energy = 勢い
clips-part-reaction = 笑い、拍手
clips-part-dialogue = やりとり
clips-part-feeling = 感情
clips-down-independence = 前の話を知らないとわかりにくい
clips-down-substance = 列挙、あいさつ、繰り返しを含む
clips-down-unity = 話題が移っていく
clips-down-topic = 探している内容以外も含む
clips-down-voice = ほかの人も話している

## What the clips should be

clips-wanted = どんなクリップにするか
clips-find = クリップを探す
clips-find-about = クリップを探すテーマ
clips-find-placeholder = テーマでクリップを探す…
clips-find-do = 探す
clips-about = 「{ $text }」についてのクリップ（近い順）
clips-about-looking = 「{ $text }」を探しています…
clips-about-failed = 「{ $text }」を探せませんでした。{ $why }
clips-about-clear = クリア
clips-about-clear-label = クリア：テーマを指定しない
clips-speaker = 話している人
clips-speaker-all = 全員
clips-speaker-only = { $name }のみ
clips-tune = 選び方を調整
clips-tune-changed = 変更あり
clips-tune-note = スライダーを動かすとクリップが変わります。編集したもの、残したもの、書き出したものはそのままです。
clips-tune-reset = リセット
clips-tune-less = 弱く
clips-tune-more = 強く
clips-tune-hook = 出だしの強さ
clips-tune-substance = 要点の早さ
clips-tune-energy = 勢い
clips-tune-reaction = 笑いと拍手
clips-tune-dialogue = 質問と答え
clips-tune-feeling = 感情
# Where a slider stands, for a screen reader.
clips-tune-stands-not = 考慮しない
clips-tune-stands-usual = 標準
clips-tune-stands-less = 弱め、最大2のうち{ $value }
clips-tune-stands-more = 強め、最大2のうち{ $value }

## What is found out and written beside the clips

clips-finding = 話者、反応、話題を調べています
clips-finding-cancel = 話者、反応、話題の調査をキャンセル
clips-finding-failed = 話者、反応、話題を調べられませんでした。{ $why } ほかの機能は使えます。
clips-finding-skipped = 調べていません：話者、反応、話題。
clips-finding-again = 調べる
clips-writing = タイトルと投稿文を作成しています
clips-writing-cancel = タイトルと投稿文の作成をキャンセル
clips-writing-failed = タイトルと投稿文を作成できませんでした。{ $why } ほかの機能は使えます。
clips-writing-done = タイトルと投稿文ができました。クリップを開くと表示されます。

## Steps, behind “Undo: ”

clips-step-heard-again = もう一度文字起こし
clips-step-skip = クリップ{ $number }をスキップ
clips-step-bring-back = クリップ{ $number }を戻す
clips-step-keep = クリップ{ $number }を残す
clips-step-keep-no-longer = クリップ{ $number }を残すのをやめる
clips-step-find = クリップを探す
clips-step-speaker = 話者を選ぶ
clips-step-tune = 選び方を調整
clips-step-names = 話者の名前
clips-step-labels = 話者の表示
clips-step-shape = 形
clips-step-caption-language = 字幕の言語
clips-step-corrected = 単語の修正
clips-step-count = クリップの数
clips-step-better = よりよいクリップ
clips-step-add = クリップ{ $number }を追加
clips-step-split = クリップ{ $number }の分割
clips-step-title = クリップ{ $number }のタイトル
clips-step-trim = クリップ{ $number }のトリミング
clips-step-words-back = クリップ{ $number }の言葉を戻す
clips-step-cut = クリップ{ $number }のカット
clips-step-captions = クリップ{ $number }の字幕
clips-step-framing = クリップ{ $number }の切り抜き
clips-step-other = 最後の変更

## Told to those who do not see it

clips-told-exporting = クリップ{ $number }を書き出しています
clips-told-exporting-all = { $count ->
   *[other] クリップ{ $count }件を書き出しています
}
clips-told-better = { $count ->
   *[other] よりよいクリップを{ $count }件表示しました
}
clips-told-count-stays = { $count ->
   *[other] クリップ{ $count }件。開いたもの、変更したもの、残したもの、書き出したものはそのままです
}
clips-told-renamed = { $before }の名前を{ $now }にしました
