# The editor of one clip: its preview, its words, what was written about it, and what can be changed about it.

## The frame of the editor

editor-heading = Clip { $number } von { $count }
editor-previous = Vorheriger Clip
editor-next = Nächster Clip
editor-close = Editor schließen
editor-preview = Der Clip, wie er aussehen wird
editor-export = Clip exportieren

## The preview's controls

editor-position = Position im Clip
# Times, as a screen reader says them.
editor-position-of = { $at } von { $length }

## What can be changed

editor-title = Titel
editor-trim = Zuschneiden
# Brackets with a space on each side are shown as keys.
editor-trim-keys = Tasten: [ ] Anfang, {"{"} {"}"} Ende, je ein Wort
editor-start = Anfang
editor-start-sentence-earlier = Anfang einen Satz früher
editor-start-word-earlier = Anfang ein Wort früher
editor-start-word-later = Anfang ein Wort später
editor-start-sentence-later = Anfang einen Satz später
editor-end = Ende
editor-end-sentence-earlier = Ende einen Satz früher
editor-end-word-earlier = Ende ein Wort früher
editor-end-word-later = Ende ein Wort später
editor-end-sentence-later = Ende einen Satz später
editor-captions = Untertitel
editor-captions-bold = Fett
editor-captions-plate = Kasten
editor-captions-off = Aus
editor-labels = Sprecher in Untertiteln
editor-labels-off = Aus
editor-labels-colors = Farben
editor-labels-names = Namen
editor-labels-note = In allen Clips dieses Videos. Namen änderst du im Transkript.
editor-shape = Format
editor-shape-upright = Hochkant, { $ratio }
editor-shape-portrait = Hochformat, { $ratio }
editor-shape-square = Quadrat, { $ratio }
editor-shape-wide = Breit, { $ratio }
editor-shape-note = Für alle Clips dieses Videos.
editor-framing = Bildausschnitt
editor-framing-left = Links
editor-framing-right = Rechts
editor-framing-position = Waagrechte Lage des Ausschnitts
editor-framing-automatic = Automatisch
editor-framing-by-hand = Von Hand
editor-faces-finding = Gesichter werden gesucht
editor-faces-cancel = Suche nach Gesichtern abbrechen
editor-faces-failed = Nach Gesichtern konnte nicht gesucht werden. { $why }
editor-faces-stopped = Abgebrochen. Gezeigt wird die Bildmitte.
editor-aim-face = { $count ->
    [one] Bleibt in 1 Einstellung auf einem Gesicht.
   *[other] Bleibt in { $count } Einstellungen auf einem Gesicht.
}
editor-aim-moving-face = { $count ->
    [one] Folgt in 1 Einstellung einem Gesicht.
   *[other] Folgt in { $count } Einstellungen einem Gesicht.
}
editor-aim-faces = { $count ->
    [one] Zeigt in 1 Einstellung mehrere Gesichter zusammen.
   *[other] Zeigt in { $count } Einstellungen mehrere Gesichter zusammen.
}
editor-aim-split = { $count ->
    [one] Zeigt in 1 Einstellung jedes Gesicht an seinem Platz.
   *[other] Zeigt in { $count } Einstellungen jedes Gesicht an seinem Platz.
}
editor-aim-motion = { $count ->
    [one] Kein Gesicht in 1 Einstellung: gezeigt wird, was sich bewegt.
   *[other] Kein Gesicht in { $count } Einstellungen: gezeigt wird, was sich bewegt.
}
editor-aim-middle = { $count ->
    [one] Kein Gesicht in 1 Einstellung: gezeigt wird die Mitte.
   *[other] Kein Gesicht in { $count } Einstellungen: gezeigt wird die Mitte.
}
editor-why = Warum dieser Moment

## The words of the clip

editor-words = Wörter
editor-words-length = { $played } zu hören, { $cut } herausgeschnitten
# A word that is struck through.
editor-words-out = { $word }, herausgeschnitten
editor-words-cut = Herausschneiden
editor-words-split = Hier teilen
editor-correct = Korrigieren
editor-words-back = Zurückholen
editor-words-note = Wörter auswählen, dann korrigieren, herausschneiden oder den Clip vor ihnen teilen. Ein durchgestrichenes Wort antippen, um es zurückzuholen.
editor-words-split-short = Beide Teile müssen mindestens eine Sekunde dauern.
editor-words-no-time = Für dieses Wort wurde kein eigener Ton gefunden.
editor-words-too-short = Mindestens eine Sekunde muss bleiben. Um den ganzen Clip wegzulassen, drücke „Überspringen“.
editor-correct-question = Was wurde wirklich gesagt?
editor-correct-done = Korrigieren
editor-correct-note = Untertitel, Titel und Suche folgen. Der Ton bleibt.
editor-correct-elsewhere = { $count ->
    [one] Dasselbe wurde an 1 weiteren Stelle gehört.
   *[other] Dasselbe wurde an { $count } weiteren Stellen gehört.
}
editor-correct-more = Auch dort korrigieren

## Pauses and filler words

editor-pauses = Pausen
editor-pauses-natural = Natürlich
editor-pauses-tight = Straff
editor-pauses-fast = Schnell
editor-pauses-shorten = Pausen kürzen
editor-pauses-back = Pausen zurückholen
editor-pauses-found = { $count ->
    [one] 1 Pause kann um { $seconds } s kürzer sein. Atem und Lachen bleiben.
   *[other] { $count } Pausen können zusammen um { $seconds } s kürzer sein. Atem und Lachen bleiben.
}
editor-pauses-none = Keine Pause ist länger als { $seconds } s.
editor-fillers-cut = Füllwörter herausschneiden
editor-fillers = { $count ->
    [one] 1 Füllwort: { $words }
   *[other] { $count } Füllwörter: { $words }
}

## What was written about the clip

editor-texts = Titel und Post
editor-texts-title = Titel
editor-texts-hook = Aufhänger
editor-texts-summary = Zusammenfassung
editor-texts-post = Post
editor-texts-hashtags = Hashtags
editor-texts-copy-title = Kopieren: Titel
editor-texts-copy-hook = Kopieren: Aufhänger
editor-texts-copy-summary = Kopieren: Zusammenfassung
editor-texts-copy-post = Kopieren: Post
editor-texts-copy-hashtags = Kopieren: Hashtags
editor-texts-use-title = Als Titel verwenden
editor-texts-used = Übernommen
editor-texts-write = Schreiben
editor-texts-rewrite = Neu schreiben
editor-texts-writing = Wird geschrieben…
editor-texts-by-model = KI-Entwurf, mit dem Transkript abgeglichen
editor-texts-by-choice = Von der KI ausgewählt, wörtlich
editor-texts-by-rules = Automatisch
editor-texts-refused = { $count ->
    [one] { $count } Entwurf passte nicht zum Transkript und wurde verworfen.
   *[other] { $count } Entwürfe passten nicht zum Transkript und wurden verworfen.
}
editor-texts-unfit = { $count ->
    [one] { $count } Entwurf war unfertig oder zu lang und wurde verworfen.
   *[other] { $count } Entwürfe waren unfertig oder zu lang und wurden verworfen.
}
editor-texts-stopped = Das Sprachmodell hat vorzeitig aufgehört. { $why }

## Told to those who do not see it

editor-told-start = Anfang { $at }, { $words }
editor-told-end = Ende { $at }, { $words }
editor-told-cut = Herausgeschnitten: „{ $words }“. Es bleiben { $length }
editor-told-back = Zurückgeholt: „{ $words }“. Jetzt { $length }
editor-told-split = Geteilt. Der Rest ist jetzt Clip { $number }
editor-told-corrected = Korrigiert: „{ $text }“
editor-told-corrected-more = { $count ->
    [one] An 1 weiteren Stelle korrigiert
   *[other] An { $count } weiteren Stellen korrigiert
}
editor-told-pauses = { $count ->
    [one] 1 Pause ist kürzer. Es bleiben { $length }
   *[other] { $count } Pausen sind kürzer. Es bleiben { $length }
}
editor-told-pauses-back = Die Pausen sind wieder da. Jetzt { $length }
editor-told-captions-bold = Untertitel: fett
editor-told-captions-plate = Untertitel: im Kasten
editor-told-captions-off = Keine Untertitel
