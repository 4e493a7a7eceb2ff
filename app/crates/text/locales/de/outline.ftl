# The video and what is said in it at a glance: player, sound, lanes, chapters.

## Player

outline-video = Das geöffnete Video
outline-cannot-play = Dieser Browser kann diese Art von Datei nicht abspielen, aber Incut kann sie trotzdem lesen.
outline-sound-only = Nur Ton

## Sound

outline-position = Position im Video
outline-position-of = { $position } von { $end }

## Lanes, whose names stand in a narrow column

outline-lane-chapters = Kapitel
outline-lane-facts = Namen, Zahlen
outline-lane-feelings = Gefühle
outline-lane-loudness = Lautstärke
outline-lane-pace = Tempo
outline-lane-questions = Fragen
outline-lane-reactions = Reaktionen
outline-lane-speakers = Wer spricht
outline-lanes-fewer = Weniger Spuren
outline-lanes-more = Mehr Spuren

## The lanes in words, for those who do not see them

outline-told-facts = Zahlen und Namen bei: { $places }.
outline-told-feelings = Gefühle bei: { $places }.
outline-told-questions = Fragen bei: { $places }.
outline-told-reactions = Lachen oder Applaus bei: { $places }.
# One of the places of the message before.
outline-told-probably = wahrscheinlich { $position }
outline-told-speakers = Es sprechen: { $speakers }.
# One of the speakers of the message before, and how long they speak.
outline-told-speaker = { $name } { $length }

## Chapters

outline-chapters = Kapitel
outline-key-points = Kernaussagen
outline-topics = Themen
outline-find-clips = Clips zu { $word } suchen
outline-export = Kapitel exportieren
outline-copy-label = Kapitel kopieren, als Zeilen, die Videoseiten verstehen
outline-save-label = Kapitel speichern, als Textdatei
outline-notes = Notizen (Markdown)
outline-notes-label = Notizen (Markdown): Kapitel, Kernaussagen und Themen
