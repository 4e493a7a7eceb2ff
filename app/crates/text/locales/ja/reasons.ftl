# Why a clip was chosen, and what there is to say beside a result: why there are no more clips, and what of the sound was listened to.

## Reasons, one an entry of a list; several in a row stand with a semicolon between them

reasons-chosen = 自分で選んだ部分
reasons-opens-question = 質問から始まる
reasons-opens-story = 物語のように始まる
reasons-opens-surprise = 対比や意外な話から始まる
reasons-opens-claim = 力強い主張から始まる
reasons-opens-you = 最初から聞き手に語りかけている
reasons-opens-number = 数字から始まる
reasons-opens-name = 名前から始まる
reasons-sentences = { $count ->
    [1] 1文で話が完結している
   *[other] { $count }文で話が完結している
}
reasons-after-pause = { $seconds }秒の間のあとに始まる
reasons-new-topic = 新しい話題の始まりから始まる
reasons-brisk = テンポがよい（毎秒{ $words }語）
reasons-as-wanted = 探している内容について話している
reasons-reaction-sure = 笑いや拍手が起きている
reasons-reaction = 反応が起きているらしい
reasons-story = 雑談ではなく、しっかりした話
reasons-energy = ほかの部分より勢いがある
reasons-dialogue = 質問とその答えがある
reasons-feeling = 気持ちが語られている
reasons-one-topic = 1つの話題に絞られている
reasons-dense = 内容が濃く、無駄が少ない
reasons-names = 具体的：名前{ $count }件
reasons-numbers = 具体的：数字{ $count }件
reasons-names-and-numbers = 具体的：名前と数字{ $count }件
reasons-clean-end = 文の切れ目と間で終わる
reasons-one-piece = カットなしで{ $seconds }秒

## Notes, in sentences

reasons-sentence-after = { $first }{ $second }
# The parts are lists of "0:10 to 0:20".
reasons-skipped = 文字起こしできなかった部分：{ $parts }。音声認識モデルが2回失敗しました。もう一度試すには、文字起こしをやり直してください。
reasons-from-to = { $from }〜{ $to }
reasons-list = { $first }、{ $second }
reasons-no-speech = 話し声が見つからなかったため、クリップを作れません。人が話している動画を選んでください。
reasons-hardly-speech = 話し声がほとんど見つからなかったため、クリップを作れません。人が話している動画を選んでください。
# What was tried is one place or several: sound track 2 (AAC, mono), or in sound track 3 (Opus, mono).
reasons-silent = { $tried }には話し声が見つかりませんでした。
reasons-nearly-silent = { $tried }には話し声がほとんど見つかりませんでした。
reasons-or-in = { $first }にも{ $second }
reasons-undecodable = このブラウザでは{ $tracks }をデコードできません。
reasons-and = { $first }と{ $second }
reasons-choose-speech = 人が話している動画を選んでください。
reasons-foreign = この音声認識モデルが対応している唯一の言語である英語には聞こえません。ほとんどの単語が推測になるため、クリップはありません。多言語対応のモデルを選んで、文字起こしをやり直してください。
reasons-all-of-it = 話している部分が{ $seconds }秒しかなく、選ぶには短すぎるため、全体を1つのクリップにしました。
# Somebody asked for a length, on the command line.
reasons-nearest = 指定した長さにちょうど合う部分はありませんでした。最も近いものを表示しています。
# Nobody asked for one, in the page.
reasons-nearest-usual = クリップに適した長さの部分はありませんでした。最も近いものを表示しています。
reasons-few = 指定した長さのクリップが{ $count }件見つかりました。
reasons-nothing-about = 「{ $about }」についてはっきり話している部分はありません。最も近いものを表示しています。
reasons-listened-elsewhere = { $usual }ではほとんど誰も話していないため、{ $instead }を使いました。
reasons-cancelled = ミックスするとチャンネル同士が打ち消し合うため、音の大きい方だけを使いました。

## Places of the sound, as they stand within a sentence

reasons-place-all = すべての音声トラックをまとめたもの
reasons-place-track = 音声トラック{ $number }（{ $form }）
# There is no other.
reasons-place-only = 音声トラック
reasons-place-left = { $track }の左チャンネル
reasons-place-right = { $track }の右チャンネル
reasons-place-channel = { $track }のチャンネル{ $number }
reasons-place-any-channel = 個々のチャンネル
reasons-form-mono = { $codec }、モノラル
reasons-form-stereo = { $codec }、ステレオ
# The layout is 5.1 or 7.1.
reasons-form-surround = { $codec }、{ $layout }
reasons-form-channels = { $codec }、{ $count }チャンネル
