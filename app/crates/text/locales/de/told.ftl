# What a screen reader says of results, for some seconds.

told-ready = { $count ->
    [0] Keine Clips
    [one] { $count } Clip ist fertig
   *[other] { $count } Clips sind fertig
}
told-ready-and = { $ready }. { $note }
told-translated = Englisch ist fertig, neben dem Original: Wähle die Sprache der Untertitel
told-saved = { $clip } gespeichert

# What a person said of a clip
told-skipped = { $clip } übersprungen
told-skipped-new = { $clip } übersprungen. Neu am Ende: { $new }
told-kept = { $clip } behalten
told-not-kept = { $clip } nicht mehr behalten
told-back = { $clip } ist wieder da
told-back-for-last = { $clip } ist wieder da, statt des letzten

# What was canceled
told-canceled-opening = Öffnen abgebrochen
told-canceled-export = Export abgebrochen
told-canceled-faces = Suche nach Gesichtern abgebrochen.
told-canceled-again = Neues Transkribieren abgebrochen. Alles ist, wie es war.
told-canceled-saved = Transkribieren abgebrochen. Dein Transkript bis hierher ist gespeichert.
told-canceled-nothing = Transkribieren abgebrochen. Es wurde noch nichts transkribiert.
told-canceled-translation = Übersetzen abgebrochen. Alles ist, wie es war.
told-canceled-understanding = Suche nach Sprechern, Reaktionen und Themen abgebrochen
told-canceled-writing = Schreiben abgebrochen
