# The editor of one clip: its preview, its words, what was written about it, and what can be changed about it.

## The frame of the editor

editor-heading = Clip { $number } of { $count }
editor-previous = Previous clip
editor-next = Next clip
editor-close = Close the editor
editor-preview = The clip as it will look
editor-export = Export this clip

## The preview's controls

editor-position = Position in the clip
# Times, as a screen reader says them.
editor-position-of = { $at } of { $length }

## What can be changed

editor-title = Title
editor-trim = Trim
# Brackets with a space on each side are shown as keys.
editor-trim-keys = Shortcuts: [ ] start, {"{"} {"}"} end, by one word
editor-start = Start
editor-start-sentence-earlier = Start a sentence earlier
editor-start-word-earlier = Start a word earlier
editor-start-word-later = Start a word later
editor-start-sentence-later = Start a sentence later
editor-end = End
editor-end-sentence-earlier = End a sentence earlier
editor-end-word-earlier = End a word earlier
editor-end-word-later = End a word later
editor-end-sentence-later = End a sentence later
editor-captions = Captions
editor-captions-bold = Bold
editor-captions-plate = Plate
editor-captions-off = Off
editor-labels = Speaker labels in captions
editor-labels-off = Off
editor-labels-colors = Colors
editor-labels-names = Names
editor-labels-note = In all clips of this video. Rename speakers in the transcript.
editor-shape = Shape
editor-shape-upright = Upright, { $ratio }
editor-shape-portrait = Portrait, { $ratio }
editor-shape-square = Square, { $ratio }
editor-shape-wide = Wide, { $ratio }
editor-shape-note = For all clips of this video.
editor-framing = Framing
editor-framing-left = Left
editor-framing-right = Right
editor-framing-position = Horizontal position of the frame
editor-framing-automatic = Automatic
editor-framing-by-hand = By hand
editor-faces-finding = Looking for faces
editor-faces-cancel = Cancel looking for faces
editor-faces-failed = Faces could not be looked for. { $why }
editor-faces-stopped = Stopped. The middle of the picture is shown.
editor-aim-face = { $count ->
    [one] Stays on a face in 1 shot.
   *[other] Stays on a face in { $count } shots.
}
editor-aim-moving-face = { $count ->
    [one] Follows a face in 1 shot.
   *[other] Follows a face in { $count } shots.
}
editor-aim-faces = { $count ->
    [one] Shows faces together in 1 shot.
   *[other] Shows faces together in { $count } shots.
}
editor-aim-split = { $count ->
    [one] Shows each face in its own place in 1 shot.
   *[other] Shows each face in its own place in { $count } shots.
}
editor-aim-motion = { $count ->
    [one] No face in 1 shot: shows what moves.
   *[other] No face in { $count } shots: shows what moves.
}
editor-aim-middle = { $count ->
    [one] No face in 1 shot: shows the middle.
   *[other] No face in { $count } shots: shows the middle.
}
editor-why = Why this moment

## The words of the clip

editor-words = Words
editor-words-length = { $played } played, { $cut } cut
# A word that is struck through.
editor-words-out = { $word }, cut
editor-words-cut = Cut
editor-words-split = Split here
editor-correct = Correct
editor-words-back = Bring back
editor-words-note = Select words, then correct them, cut them out, or split the clip before them. Press a struck word to bring it back.
editor-words-split-short = Both parts have to last at least a second.
editor-words-no-time = No sound of its own was found for that word.
editor-words-too-short = At least a second has to stay. To drop the whole clip, press Skip.
editor-correct-question = What was really said?
editor-correct-done = Correct
editor-correct-note = Captions, subtitles, titles and search follow. The sound stays.
editor-correct-elsewhere = { $count ->
    [one] The same was heard in 1 more place.
   *[other] The same was heard in { $count } more places.
}
editor-correct-more = Correct there too

## Pauses and filler words

editor-pauses = Pauses
editor-pauses-natural = Natural
editor-pauses-tight = Tight
editor-pauses-fast = Fast
editor-pauses-shorten = Shorten pauses
editor-pauses-back = Bring pauses back
editor-pauses-found = { $count ->
    [one] 1 pause can be shorter, by { $seconds } s. Breath and laughter stay.
   *[other] { $count } pauses can be shorter, by { $seconds } s in all. Breath and laughter stay.
}
editor-pauses-none = No pause is longer than { $seconds } s.
editor-fillers-cut = Cut filler words
editor-fillers = { $count ->
    [one] 1 filler word: { $words }
   *[other] { $count } filler words: { $words }
}

## What was written about the clip

editor-texts = Title and post
editor-texts-title = Title
editor-texts-hook = Hook
editor-texts-summary = Summary
editor-texts-post = Post
editor-texts-hashtags = Hashtags
editor-texts-copy-title = Copy: title
editor-texts-copy-hook = Copy: hook
editor-texts-copy-summary = Copy: summary
editor-texts-copy-post = Copy: post
editor-texts-copy-hashtags = Copy: hashtags
editor-texts-use-title = Use as title
editor-texts-used = Used
editor-texts-write = Write
editor-texts-rewrite = Rewrite
editor-texts-writing = Writing…
editor-texts-by-model = AI draft, checked against the transcript
editor-texts-by-choice = AI pick, verbatim
editor-texts-by-rules = Automatic
editor-texts-refused = { $count ->
    [one] { $count } draft did not match the transcript and was dropped.
   *[other] { $count } drafts did not match the transcript and were dropped.
}
editor-texts-unfit = { $count ->
    [one] { $count } draft was unfinished or too long and was dropped.
   *[other] { $count } drafts were unfinished or too long and were dropped.
}
editor-texts-stopped = The language model stopped early. { $why }

## Told to those who do not see it

editor-told-start = Start { $at }, { $words }
editor-told-end = End { $at }, { $words }
editor-told-cut = Cut: “{ $words }”. { $length } left
editor-told-back = Brought back: “{ $words }”. { $length } now
editor-told-split = Split in two. The rest is clip { $number } now
editor-told-corrected = Corrected: “{ $text }”
editor-told-corrected-more = { $count ->
    [one] Corrected in 1 more place
   *[other] Corrected in { $count } more places
}
editor-told-pauses = { $count ->
    [one] 1 pause is shorter. { $length } left
   *[other] { $count } pauses are shorter. { $length } left
}
editor-told-pauses-back = Pauses are back. { $length } now
editor-told-captions-bold = Captions: bold
editor-told-captions-plate = Captions: on a plate
editor-told-captions-off = No captions
