# The transcript: its text, finding in it, who speaks, and how speech is written down.

## The text

transcript-title = Transkript
transcript-label = Gesprochene Wörter. Pfeiltasten führen von Zeile zu Zeile und von Wort zu Wort, die Eingabetaste springt im Video dorthin. Umschalttaste und Pfeiltasten wählen Wörter für einen eigenen Clip aus.
transcript-opening = Wird geöffnet …
transcript-first-words = Wird transkribiert. Die ersten Wörter erscheinen gleich.
transcript-no-words = Keine Wörter.
transcript-follow = Wiedergabe folgen
transcript-new-clip = Neuer Clip aus diesen Wörtern
transcript-go-to = Zu { $position } springen

## Finding

transcript-find = Im Transkript suchen
transcript-find-label = Im Transkript suchen. Die Eingabetaste führt zum nächsten Treffer, mit Umschalttaste zum vorigen
transcript-find-none = Keine
transcript-find-count = { $number } von { $count }
transcript-find-previous = Voriger Treffer
transcript-find-previous-hint = Voriger (Umschalt+Eingabe)
transcript-find-next = Nächster Treffer
transcript-find-next-hint = Nächster (Eingabe)
transcript-meaning = Sinngemäß
transcript-meaning-hint = Sätze mit dieser Bedeutung, egal in welchen Worten
transcript-meaning-nearest = Am nächsten an „{ $text }“
transcript-meaning-failed = Die Suche nach „{ $text }“ hat nicht geklappt. { $why }
transcript-meaning-looking = Suche nach „{ $text }“ …
transcript-meaning-close = Ergebnisse der sinngemäßen Suche schließen

## Who speaks

transcript-speaker-numbered = Sprecher { $number }
transcript-speaker-tag = { $name } spricht. Ändern, wer es ist
transcript-speaker-question = Wer spricht hier?
transcript-speaker-name = Name (überall)
transcript-speaker-rename = Umbenennen
transcript-speaker-same = Dieselbe Person wie …
transcript-speaker-same-as = { $name } ist dieselbe Person wie { $other }
transcript-speaker-turn = Hier spricht …
transcript-speaker-from-here = Ab hier spricht { $name }
transcript-speaker-new = Jemand Neues
transcript-speaker-new-from-here = Ab hier spricht jemand Neues

## How speech is written down

transcript-language = Sprache
transcript-language-detect = Automatisch erkennen
transcript-language-detected = Erkannt: { $language }
transcript-english-instead = Stattdessen Englisch
transcript-english-as-well = Auch auf Englisch
transcript-english-as-well-hint = Die Spracherkennung übersetzt. Dein Transkript und deine Clips bleiben, wie sie sind.
transcript-captions = Untertitel auf
transcript-captions-hint = In allen Clips dieses Videos. Ins Englische übersetzt die Spracherkennung.
transcript-captions-are-in = Sprache der Untertitel: { $language }
transcript-names = Namen
# Names apart by commas.
transcript-names-example = Anna Bergström, Leptos, …
transcript-names-hint = Personen, Marken und Fachbegriffe dieses Videos, so geschrieben, wie sie im Transkript stehen sollen
transcript-again = Neu transkribieren
transcript-again-hint = Dein Transkript und deine Clips bleiben, bis das neue fertig ist
transcript-clips-stay = Die Clips bleiben, wie sie sind
# Stands for the name of a speech model that is not known.
transcript-new-model = Das neue Modell

## Languages that browsers may have no name for

transcript-bashkir = Baschkirisch
transcript-cantonese = Kantonesisch
transcript-hawaiian = Hawaiisch
transcript-javanese = Javanisch
transcript-lingala = Lingala
transcript-occitan = Okzitanisch
transcript-tibetan = Tibetisch
transcript-turkmen = Turkmenisch
