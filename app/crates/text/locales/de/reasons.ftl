# Why a clip was chosen, and what there is to say beside a result: why there are no more clips, and what of the sound was listened to.

## Reasons, one an entry of a list; several in a row stand with a semicolon between them

reasons-chosen = Von dir ausgewählt
reasons-opens-question = Beginnt mit einer Frage
reasons-opens-story = Beginnt wie eine Geschichte
reasons-opens-surprise = Beginnt mit einem Gegensatz oder einer Überraschung
reasons-opens-claim = Beginnt mit einer starken Behauptung
reasons-opens-you = Spricht dich vom ersten Satz an direkt an
reasons-opens-number = Beginnt mit einer Zahl
reasons-opens-name = Beginnt mit einem Namen
reasons-sentences = { $count ->
    [1] Ein vollständiger Gedanke in einem Satz
   *[other] Ein vollständiger Gedanke: { $count } ganze Sätze
}
reasons-after-pause = Beginnt nach { $seconds } s Pause
reasons-new-topic = Beginnt da, wo ein neues Thema beginnt
reasons-brisk = Flott, { $words } Wörter pro Sekunde
reasons-as-wanted = Handelt von dem, was du suchst
reasons-reaction-sure = Es wird gelacht oder applaudiert
reasons-reaction = Das Publikum scheint zu reagieren
reasons-story = Eine echte Geschichte, kein Small Talk
reasons-energy = Mehr Energie als der Rest
reasons-dialogue = Eine Frage und ihre Antwort
reasons-feeling = Sagt, wie sich jemand fühlt
reasons-one-topic = Bleibt bei einem Thema
reasons-dense = Dicht, kaum Füllwörter
reasons-names = Konkret: { $count } Namen
reasons-numbers = Konkret: { $count } Zahlen
reasons-names-and-numbers = Konkret: { $count } Namen und Zahlen
reasons-clean-end = Endet mit einem Punkt und einer Pause
reasons-one-piece = { $seconds } Sekunden ohne Schnitt

## Notes, in sentences

reasons-sentence-after = { $first } { $second }
# The parts are lists of "0:10 to 0:20".
reasons-skipped = Nicht transkribiert: { $parts }. Die Spracherkennung ist dort zweimal gescheitert; transkribiere neu, um es noch einmal zu versuchen.
reasons-from-to = { $from } bis { $to }
reasons-list = { $first }, { $second }
reasons-no-speech = Es wurden keine gesprochenen Worte gefunden, also gibt es nichts, woraus Clips werden könnten. Wähle ein Video, in dem jemand spricht.
reasons-hardly-speech = Es wurden kaum gesprochene Worte gefunden, also gibt es nichts, woraus Clips werden könnten. Wähle ein Video, in dem jemand spricht.
# What was tried is one place or several: sound track 2 (AAC, mono), or in sound track 3 (Opus, mono).
reasons-silent = In { $tried } wurden keine gesprochenen Worte gefunden.
reasons-nearly-silent = In { $tried } wurden kaum gesprochene Worte gefunden.
reasons-or-in = { $first } oder in { $second }
reasons-undecodable = Dieser Browser kann { $tracks } nicht decodieren.
reasons-and = { $first } und { $second }
reasons-choose-speech = Wähle ein Video, in dem jemand spricht.
reasons-foreign = Das klingt nicht nach Englisch, der einzigen Sprache, die diese Spracherkennung kennt: Die meisten Wörter sind geraten, deshalb gibt es keine Clips daraus. Wähle ein mehrsprachiges Modell und transkribiere neu.
reasons-all-of-it = Nur { $seconds } s gesprochen: zu kurz zum Auswählen, deshalb ist das hier alles.
# Somebody asked for a length, on the command line.
reasons-nearest = Keine ganze Passage hat die gewünschte Länge; diese kommen ihr am nächsten.
# Nobody asked for one, in the page.
reasons-nearest-usual = Keine ganze Passage ist so lang, wie ein Clip sein sollte; diese kommen dem am nächsten.
reasons-few = { $count ->
    [one] { $count } Clip in der gewünschten Länge gefunden.
   *[other] { $count } Clips in der gewünschten Länge gefunden.
}
reasons-nothing-about = Nichts handelt eindeutig von „{ $about }“. Das kommt dem am nächsten.
reasons-listened-elsewhere = In { $usual } spricht kaum jemand, deshalb stammt das Transkript aus { $instead }.
reasons-cancelled = Die Kanäle löschen sich beim Mischen gegenseitig aus, deshalb wurde nur der lautere verwendet.

## Places of the sound, as they stand within a sentence

reasons-place-all = allen Tonspuren zusammen
reasons-place-track = Tonspur { $number } ({ $form })
# There is no other.
reasons-place-only = der Tonspur
reasons-place-left = dem linken Kanal von { $track }
reasons-place-right = dem rechten Kanal von { $track }
reasons-place-channel = Kanal { $number } von { $track }
reasons-place-any-channel = einem einzelnen Kanal
reasons-form-mono = { $codec }, Mono
reasons-form-stereo = { $codec }, Stereo
# The layout is 5.1 or 7.1.
reasons-form-surround = { $codec }, { $layout }
reasons-form-channels = { $codec }, { $count } Kanäle
