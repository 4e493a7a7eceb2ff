# The transcript: its text, finding in it, who speaks, and how speech is written down.

## The text

transcript-title = Transcript
transcript-label = Spoken words. Arrow keys go by line and by word, Enter goes there in the video. Shift and arrow keys select words for a clip of your own.
transcript-opening = Opening…
transcript-first-words = Transcribing. The first words appear in a moment.
transcript-no-words = No words.
transcript-follow = Follow along
transcript-new-clip = New clip from these words
transcript-go-to = Go to { $position }

## Finding

transcript-find = Find in the transcript
transcript-find-label = Find in the transcript. Enter goes to the next match, Shift and Enter to the one before
transcript-find-none = None
transcript-find-count = { $number } of { $count }
transcript-find-previous = Previous match
transcript-find-previous-hint = Previous (Shift+Enter)
transcript-find-next = Next match
transcript-find-next-hint = Next (Enter)
transcript-meaning = By meaning
transcript-meaning-hint = Sentences that mean it, whatever words they use
transcript-meaning-nearest = Nearest to “{ $text }”
transcript-meaning-failed = “{ $text }” could not be looked for. { $why }
transcript-meaning-looking = Looking for “{ $text }” …
transcript-meaning-close = Close what was found by meaning

## Who speaks

transcript-speaker-numbered = Speaker { $number }
transcript-speaker-tag = { $name } speaks. Change who it is
transcript-speaker-question = Who speaks here?
transcript-speaker-name = Name (everywhere)
transcript-speaker-rename = Rename
transcript-speaker-same = Same person as…
transcript-speaker-same-as = { $name } is the same as { $other }
transcript-speaker-turn = This turn is by…
transcript-speaker-from-here = { $name } speaks from here on
transcript-speaker-new = A new speaker
transcript-speaker-new-from-here = A new speaker speaks from here on

## How speech is written down

transcript-language = Language
transcript-language-detect = Detect automatically
transcript-language-detected = Detected: { $language }
transcript-english-instead = English instead
transcript-english-as-well = English as well
transcript-english-as-well-hint = The speech model translates. Your transcript and clips stay as they are.
transcript-captions = Captions in
transcript-captions-hint = In all clips of this video. English is translated by the speech model.
transcript-captions-are-in = Captions in { $language }
transcript-names = Names
# Names apart by commas.
transcript-names-example = Anna Bergström, Leptos, …
transcript-names-hint = People, brands and technical terms of this video, spelled as you want them in the transcript
transcript-again = Transcribe again
transcript-again-hint = Your transcript and clips stay until the new one is whole
transcript-clips-stay = The clips stay as they are
# Stands for the name of a speech model that is not known.
transcript-new-model = The new model

## Languages that browsers may have no name for

transcript-bashkir = Bashkir
transcript-cantonese = Cantonese
transcript-hawaiian = Hawaiian
transcript-javanese = Javanese
transcript-lingala = Lingala
transcript-occitan = Occitan
transcript-tibetan = Tibetan
transcript-turkmen = Turkmen
