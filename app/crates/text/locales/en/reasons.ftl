# Why a clip was chosen, and what there is to say beside a result: why there are no more clips, and what of the sound was listened to.

## Reasons, one an entry of a list; several in a row stand with a semicolon between them

reasons-chosen = You chose it yourself
reasons-opens-question = Opens with a question
reasons-opens-story = Opens like a story
reasons-opens-surprise = Opens with a contrast or a surprise
reasons-opens-claim = Opens with a strong claim
reasons-opens-you = Speaks to the listener from the first line
reasons-opens-number = Opens with a number
reasons-opens-name = Opens with a name
reasons-sentences = { $count ->
    [1] A complete thought in one sentence
   *[other] A complete thought: { $count } whole sentences
}
reasons-after-pause = Begins after a pause of { $seconds } s
reasons-new-topic = Begins where a new topic begins
reasons-brisk = Brisk, { $words } words a second
reasons-as-wanted = Speaks about what you asked for
reasons-reaction-sure = People laugh or applaud
reasons-reaction = People seem to react
reasons-story = A real story, not small talk
reasons-energy = More energy than the rest
reasons-dialogue = A question and its answer
reasons-feeling = Says how somebody feels
reasons-one-topic = Keeps to one topic
reasons-dense = Dense, little filler
reasons-names = Specific: { $count } names
reasons-numbers = Specific: { $count } numbers
reasons-names-and-numbers = Specific: { $count } names and numbers
reasons-clean-end = Ends on a full stop and a pause
reasons-one-piece = { $seconds } seconds without a cut

## Notes, in sentences

reasons-sentence-after = { $first } { $second }
# The parts are lists of "0:10 to 0:20".
reasons-skipped = Not transcribed: { $parts }. The speech model failed there twice; transcribe again to try once more.
reasons-from-to = { $from } to { $to }
reasons-list = { $first }, { $second }
reasons-no-speech = No speech was found, so there is nothing to make clips of. Choose a video in which somebody speaks.
reasons-hardly-speech = Hardly any speech was found, so there is nothing to make clips of. Choose a video in which somebody speaks.
# What was tried is one place or several: sound track 2 (AAC, mono), or in sound track 3 (Opus, mono).
reasons-silent = No speech was found in { $tried }.
reasons-nearly-silent = Hardly any speech was found in { $tried }.
reasons-or-in = { $first }, or in { $second }
reasons-undecodable = This browser cannot decode { $tracks }.
reasons-and = { $first } and { $second }
reasons-choose-speech = Choose a video in which somebody speaks.
reasons-foreign = This does not sound like English, the only language that the speech model knows: most of its words are guesses, so there are no clips of them. Choose a model of many languages and transcribe it again.
reasons-all-of-it = Only { $seconds } s of speech: too short to choose from, so this is all of it.
# Somebody asked for a length, on the command line.
reasons-nearest = No whole passage has the asked length; these come nearest.
# Nobody asked for one, in the page.
reasons-nearest-usual = No whole passage is as long as a clip should be; these come nearest.
reasons-few = { $count ->
    [one] Found { $count } clip at the asked length.
   *[other] Found { $count } clips at the asked length.
}
reasons-nothing-about = Nothing speaks clearly about “{ $about }”. This comes nearest.
reasons-listened-elsewhere = In { $usual } hardly anybody speaks, so { $instead } was listened to.
reasons-cancelled = The channels cancel each other out when they are mixed, so the louder one was listened to.

## Places of the sound, as they stand within a sentence

reasons-place-all = all sound tracks together
reasons-place-track = sound track { $number } ({ $form })
# There is no other.
reasons-place-only = the sound track
reasons-place-left = the left channel of { $track }
reasons-place-right = the right channel of { $track }
reasons-place-channel = channel { $number } of { $track }
reasons-place-any-channel = any channel by itself
reasons-form-mono = { $codec }, mono
reasons-form-stereo = { $codec }, stereo
# The layout is 5.1 or 7.1.
reasons-form-surround = { $codec }, { $layout }
reasons-form-channels = { $codec }, { $count } channels
