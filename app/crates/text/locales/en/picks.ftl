# What is asked and told about the words and the clips as a whole: first picks and better ones, words that were transcribed again, another model.

picks-first = First picks. They stay; if better ones are found, you are asked.
picks-better = { $count ->
    [one] { $count } better clip was found.
   *[other] { $count } better clips were found.
}
picks-better-more = What you opened, changed, kept or exported stays.
picks-show-better = { $count ->
    [one] Show it
   *[other] Show them
}
picks-keep-these = Keep these
picks-again = Transcribed again.
picks-again-more = Your titles, crops, verdicts and speaker names were carried over.
picks-again-good = Good
picks-again-back = Bring back the old transcript

# Another speech model
picks-model = Transcribe this file again with the new model?
picks-model-more = Your transcript and clips stay until the new one is whole.
picks-model-again = Transcribe again
picks-model-keep = Keep this transcript
picks-cannot-know = { $model } knows { $only } only, and this is { $heard }: most words would be guesses.

# Another language than the model knows
picks-foreign = This does not sound like English.
picks-foreign-why = Most words so far are guesses.
picks-no-english = No English was heard.
picks-no-english-why = Is another language spoken?
picks-offer = { $model } knows { $count } languages and is downloaded once ({ $size }).
picks-no-offer = This server offers no model of other languages.
picks-silence = If nobody speaks in it, choose another video.
picks-use-model = Use that model
picks-is-english = It is English
