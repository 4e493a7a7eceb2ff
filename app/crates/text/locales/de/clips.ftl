# The suggested clips: their list and cards, why each was chosen, what a person wants them to be, what is found out and written beside
# them, and the steps that can be taken back.

## The list

clips-title = { $count ->
    [0] Clips
    [one] { $count } Clip
   *[other] { $count } Clips
}
clips-redo = Wiederholen
# What the step did is one of the messages clips-step-….
clips-undo-step = Rückgängig: { $step }
clips-redo-step = Wiederholen: { $step }
clips-undone = Rückgängig gemacht: { $step }
clips-redone = Wiederholt: { $step }
clips-write-all = Titel und Posts schreiben
clips-export-all = Alle exportieren
clips-skipped = Übersprungen
clips-bring-back = Zurückholen
clips-bring-back-named = { $title } zurückholen
clips-expected = Sobald das Transkript fertig ist, erscheinen hier die besten Momente.

## A card

# Its length follows.
clips-card-watch = Clip { $number } ansehen und bearbeiten, { $title },
clips-card-reasons = Warum er gewählt wurde
# Words that are said in the clip.
clips-quoted = „{ $text }“
clips-export = Exportieren
clips-export-number = Clip { $number } exportieren
clips-download-again = Erneut laden
clips-download-again-number = Erneut laden: Clip { $number }
clips-saved-as = { $name }, { $size }
clips-kept = Bleibt
clips-keep-number = Clip { $number } behalten
clips-keep-hint = Bleibt, und mehr in dieser Art wird vorgeschlagen
clips-skip = Überspringen
clips-skip-number = Clip { $number } überspringen
clips-skip-hint = Kommt beiseite, und weniger in dieser Art wird vorgeschlagen

## Why a clip was chosen

clips-score = Wertung { $score } von 100
clips-score-why = Wertung { $score } von 100, warum
clips-score-hint = Wie gut er für sich allein steht, von 100
clips-score-hint-press = Wie gut er für sich allein steht, von 100. Drück darauf, um die Gründe zu sehen
clips-why-parts = Was zur Wertung beiträgt
clips-why-points = { $count ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
# With a sign: +3 or -3.
clips-why-taste = Aus dem, was du behalten und übersprungen hast: { $points }
clips-why-down = Abzüge
clips-part-opening = Anfang
clips-part-closing = Schluss
clips-part-length = Länge
clips-part-hook = Erster Satz
clips-part-density = Kommt zur Sache
clips-part-coherence = Zusammenhang
clips-part-pace = Tempo
clips-part-flow = Keine langen Pausen
clips-part-clarity = Klarer Ton
clips-part-energy = Energie
clips-part-reaction = Lachen, Applaus
clips-part-dialogue = Dialog
clips-part-feeling = Gefühle
clips-down-independence = Baut auf vorher Gesagtem auf
clips-down-substance = Teils Aufzählung, Begrüßung oder Wiederholung
clips-down-unity = Springt von einem Thema zum anderen
clips-down-topic = Handelt nicht nur von dem, was du suchst
clips-down-voice = Auch andere sprechen

## What the clips should be

clips-wanted = Wie die Clips sein sollen
clips-find = Clips suchen
clips-find-about = Clips suchen zum Thema
clips-find-placeholder = Clips suchen zum Thema …
clips-find-do = Suchen
clips-about = Clips zu „{ $text }“, die passendsten zuerst
clips-about-looking = „{ $text }“ wird gesucht …
clips-about-failed = „{ $text }“ konnte nicht gesucht werden. { $why }
clips-about-clear = Aufheben
clips-about-clear-label = Aufheben: wieder Clips zu allem
clips-speaker = Wer spricht
clips-speaker-all = Alle
clips-speaker-only = Nur { $name }
clips-tune = Auswahl anpassen
clips-tune-changed = Geändert
clips-tune-note = Die Clips ändern sich, während du einen Regler bewegst. Bearbeitete, behaltene und exportierte Clips bleiben.
clips-tune-reset = Zurücksetzen
clips-tune-less = weniger
clips-tune-more = mehr
clips-tune-hook = Starker Anfang
clips-tune-substance = Kommt zur Sache
clips-tune-energy = Energie
clips-tune-reaction = Lachen und Applaus
clips-tune-dialogue = Fragen und Antworten
clips-tune-feeling = Gefühle
# Where a slider stands, for a screen reader.
clips-tune-stands-not = zählt nicht
clips-tune-stands-usual = wie üblich
clips-tune-stands-less = weniger, { $value } von 2
clips-tune-stands-more = mehr, { $value } von 2

## What is found out and written beside the clips

clips-finding = Suche nach Sprechern, Reaktionen und Themen
clips-finding-cancel = Suche nach Sprechern, Reaktionen und Themen abbrechen
clips-finding-failed = Sprecher, Reaktionen und Themen ließen sich nicht finden. { $why } Alles andere funktioniert.
clips-finding-skipped = Ausgelassen: Sprecher, Reaktionen, Themen.
clips-finding-again = Jetzt suchen
clips-writing = Titel und Posts werden geschrieben
clips-writing-cancel = Schreiben von Titeln und Posts abbrechen
clips-writing-failed = Titel und Posts konnten nicht geschrieben werden. { $why } Alles andere funktioniert.
clips-writing-done = Titel und Posts sind fertig: Öffne einen Clip, um sie zu sehen.

## Steps, behind “Undo: ”

clips-step-heard-again = neu transkribieren
clips-step-skip = Clip { $number } überspringen
clips-step-bring-back = Clip { $number } zurückholen
clips-step-keep = Clip { $number } behalten
clips-step-keep-no-longer = Clip { $number } nicht mehr behalten
clips-step-find = Clips suchen
clips-step-speaker = Sprecher wählen
clips-step-tune = Auswahl anpassen
clips-step-names = Sprecher benennen
clips-step-labels = Sprecher in Untertiteln
clips-step-shape = Format
clips-step-caption-language = Sprache der Untertitel
clips-step-corrected = Korrektur von Wörtern
clips-step-count = Anzahl der Clips
clips-step-better = bessere Clips
clips-step-add = Clip { $number } hinzufügen
clips-step-split = Teilung von Clip { $number }
clips-step-title = Titel von Clip { $number }
clips-step-trim = Zuschnitt von Clip { $number }
clips-step-words-back = Wörter in Clip { $number } zurückholen
clips-step-cut = Schnitt in Clip { $number }
clips-step-captions = Untertitel von Clip { $number }
clips-step-framing = Bildausschnitt von Clip { $number }
clips-step-other = letzte Änderung

## Told to those who do not see it

clips-told-exporting = Clip { $number } wird exportiert
clips-told-exporting-all = { $count ->
    [one] { $count } Clip wird exportiert
   *[other] { $count } Clips werden exportiert
}
clips-told-better = { $count ->
    [one] { $count } besserer Clip wird gezeigt
   *[other] { $count } bessere Clips werden gezeigt
}
clips-told-count-stays = { $count ->
    [one] { $count } Clip: Geöffnete, geänderte, behaltene und exportierte bleiben
   *[other] { $count } Clips: Geöffnete, geänderte, behaltene und exportierte bleiben
}
clips-told-renamed = { $before } heißt jetzt { $now }
