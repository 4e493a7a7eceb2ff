# What a screen reader says of results, for some seconds.

told-ready = { $count ->
    [0] No clips
    [one] { $count } clip is ready
   *[other] { $count } clips are ready
}
told-ready-and = { $ready }. { $note }
told-translated = English is ready, beside the original: choose the language of the captions
told-saved = { $clip } saved

# What a person said of a clip
told-skipped = { $clip } skipped
told-skipped-new = { $clip } skipped. New at the end: { $new }
told-kept = { $clip } kept
told-not-kept = { $clip } no longer kept
told-back = { $clip } is back
told-back-for-last = { $clip } is back, in place of the last one

# What was canceled
told-canceled-opening = Opening canceled
told-canceled-export = Export canceled
told-canceled-faces = Stopped looking for faces.
told-canceled-again = Transcribing again canceled. Everything is as it was.
told-canceled-saved = Transcribing canceled. Your transcript so far is saved.
told-canceled-nothing = Transcribing canceled. Nothing was transcribed yet.
told-canceled-translation = Translating canceled. Everything is as it was.
told-canceled-understanding = Finding speakers, reactions and topics canceled
told-canceled-writing = Writing canceled
