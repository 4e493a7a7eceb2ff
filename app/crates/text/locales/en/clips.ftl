# The suggested clips: their list and cards, why each was chosen, what a person wants them to be, what is found out and written beside
# them, and the steps that can be taken back.

## The list

clips-title = { $count ->
    [0] Clips
    [one] { $count } clip
   *[other] { $count } clips
}
clips-redo = Redo
# What the step did is one of the messages clips-step-….
clips-undo-step = Undo: { $step }
clips-redo-step = Redo: { $step }
clips-undone = Undone: { $step }
clips-redone = Redone: { $step }
clips-write-all = Write titles and posts
clips-export-all = Export all
clips-skipped = Skipped
clips-bring-back = Bring back
clips-bring-back-named = Bring back { $title }
clips-expected = The best moments appear here once the transcript is complete.

## A card

# Its length follows.
clips-card-watch = Watch and edit clip { $number }, { $title },
clips-card-reasons = Why it was chosen
# Words that are said in the clip.
clips-quoted = “{ $text }”
clips-export = Export
clips-export-number = Export clip { $number }
clips-download-again = Download again
clips-download-again-number = Download again clip { $number }
clips-saved-as = { $name }, { $size }
clips-kept = Kept
clips-keep-number = Keep clip { $number }
clips-keep-hint = It stays, and more of this kind is suggested
clips-skip = Skip
clips-skip-number = Skip clip { $number }
clips-skip-hint = Put aside, and less of this kind is suggested

## Why a clip was chosen

clips-score = Score { $score } of 100
clips-score-why = Score { $score } of 100, why
clips-score-hint = How well it should stand alone, out of 100
clips-score-hint-press = How well it should stand alone, out of 100. Press to see why
clips-why-parts = What adds to the score
clips-why-points = { $count ->
    [one] { $points } point
   *[other] { $points } points
}
# With a sign: +3 or -3.
clips-why-taste = From what you kept and skipped: { $points }
clips-why-down = Pulled down by
clips-part-opening = Opening
clips-part-closing = Closing
clips-part-length = Length
clips-part-hook = First line
clips-part-density = Gets to the point
clips-part-coherence = Coherence
clips-part-pace = Pace
clips-part-flow = No long pauses
clips-part-clarity = Audio clarity
clips-part-energy = Energy
clips-part-reaction = Laughter, applause
clips-part-dialogue = Dialogue
clips-part-feeling = Feelings
clips-down-independence = Leans on what was said before
clips-down-substance = Partly a list, a greeting or a repetition
clips-down-unity = Goes from one topic to another
clips-down-topic = Not all of it is about what you look for
clips-down-voice = Others speak as well

## What the clips should be

clips-wanted = What the clips should be
clips-find = Find clips
clips-find-about = Find clips about
clips-find-placeholder = Find clips about …
clips-find-do = Find
clips-about = Clips about “{ $text }”, the nearest first
clips-about-looking = Looking for “{ $text }” …
clips-about-failed = “{ $text }” could not be looked for. { $why }
clips-about-clear = Clear
clips-about-clear-label = Clear: clips about anything again
clips-speaker = Who speaks
clips-speaker-all = All speakers
clips-speaker-only = Only { $name }
clips-tune = Tune the picks
clips-tune-changed = Changed
clips-tune-note = Clips update as you move a slider. Edited, kept and exported clips stay.
clips-tune-reset = Reset
clips-tune-less = less
clips-tune-more = more
clips-tune-hook = A strong opening
clips-tune-substance = Gets to the point
clips-tune-energy = Energy
clips-tune-reaction = Laughter and applause
clips-tune-dialogue = Questions and answers
clips-tune-feeling = Feelings
# Where a slider stands, for a screen reader.
clips-tune-stands-not = does not count
clips-tune-stands-usual = as usual
clips-tune-stands-less = less, { $value } of 2
clips-tune-stands-more = more, { $value } of 2

## What is found out and written beside the clips

clips-finding = Finding speakers, reactions and topics
clips-finding-cancel = Cancel finding speakers, reactions and topics
clips-finding-failed = Speakers, reactions and topics could not be found. { $why } Everything else works.
clips-finding-skipped = Skipped: speakers, reactions, topics.
clips-finding-again = Find them
clips-writing = Writing titles and posts
clips-writing-cancel = Cancel writing titles and posts
clips-writing-failed = Titles and posts could not be written. { $why } Everything else works.
clips-writing-done = Titles and posts are ready: open a clip to see them.

## Steps, behind “Undo: ”

clips-step-heard-again = transcribe again
clips-step-skip = skip clip { $number }
clips-step-bring-back = bring back clip { $number }
clips-step-keep = keep clip { $number }
clips-step-keep-no-longer = keep clip { $number } no longer
clips-step-find = find clips
clips-step-speaker = choose a speaker
clips-step-tune = tune the picks
clips-step-names = name who speaks
clips-step-labels = speaker labels
clips-step-shape = shape
clips-step-caption-language = caption language
clips-step-corrected = correction of words
clips-step-count = number of clips
clips-step-better = better clips
clips-step-add = add clip { $number }
clips-step-split = split of clip { $number }
clips-step-title = title of clip { $number }
clips-step-trim = trim of clip { $number }
clips-step-words-back = bring back words of clip { $number }
clips-step-cut = cut of clip { $number }
clips-step-captions = captions of clip { $number }
clips-step-framing = framing of clip { $number }
clips-step-other = the last change

## Told to those who do not see it

clips-told-exporting = Exporting clip { $number }
clips-told-exporting-all = { $count ->
    [one] Exporting { $count } clip
   *[other] Exporting { $count } clips
}
clips-told-better = { $count ->
    [one] { $count } better clip is shown
   *[other] { $count } better clips are shown
}
clips-told-count-stays = { $count ->
    [one] { $count } clip: those you opened, changed, kept or exported stay
   *[other] { $count } clips: those you opened, changed, kept or exported stay
}
clips-told-renamed = { $before } is now { $now }
