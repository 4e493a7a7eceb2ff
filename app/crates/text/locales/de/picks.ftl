# What is asked and told about the words and the clips as a whole: first picks and better ones, words that were transcribed again, another model.

picks-first = Erste Auswahl. Sie bleibt; werden bessere Clips gefunden, wirst du gefragt.
picks-better = { $count ->
    [one] { $count } besserer Clip gefunden.
   *[other] { $count } bessere Clips gefunden.
}
picks-better-more = Was du geöffnet, geändert, behalten oder exportiert hast, bleibt.
picks-show-better = { $count ->
   *[other] Anzeigen
}
picks-keep-these = Diese behalten
picks-again = Neu transkribiert.
picks-again-more = Deine Titel, Ausschnitte, Bewertungen und Sprechernamen wurden übernommen.
picks-again-good = Gut so
picks-again-back = Altes Transkript zurückholen

# Another speech model
picks-model = Diese Datei mit dem neuen Modell noch einmal transkribieren?
picks-model-more = Dein Transkript und deine Clips bleiben, bis das neue fertig ist.
picks-model-again = Noch einmal transkribieren
picks-model-keep = Dieses Transkript behalten
picks-cannot-know = { $model } kann nur { $only }, und das hier ist { $heard }: Die meisten Wörter wären geraten.

# Another language than the model knows
picks-foreign = Das klingt nicht nach Englisch.
picks-foreign-why = Die meisten Wörter bis jetzt sind geraten.
picks-no-english = Es war kein Englisch zu hören.
picks-no-english-why = Wird eine andere Sprache gesprochen?
picks-offer = { $model } kann { $count } Sprachen und wird einmal heruntergeladen ({ $size }).
picks-no-offer = Dieser Server bietet kein Modell für andere Sprachen an.
picks-silence = Wenn darin niemand spricht, wähle ein anderes Video.
picks-use-model = Dieses Modell nutzen
picks-is-english = Es ist Englisch
