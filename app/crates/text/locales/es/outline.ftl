# The video and what is said in it at a glance: player, sound, lanes, chapters.

## Player

outline-video = El video abierto
outline-cannot-play = Este navegador no puede reproducir este tipo de archivo, pero Incut sí puede leerlo.
outline-sound-only = Solo sonido

## Sound

outline-position = Posición en el video
outline-position-of = { $position } de { $end }

## Lanes, whose names stand in a narrow column

outline-lane-chapters = Capítulos
outline-lane-facts = Nombres y cifras
outline-lane-feelings = Emociones
outline-lane-loudness = Volumen
outline-lane-pace = Ritmo
outline-lane-questions = Preguntas
outline-lane-reactions = Reacciones
outline-lane-speakers = Quién habla
outline-lanes-fewer = Menos pistas
outline-lanes-more = Más pistas

## The lanes in words, for those who do not see them

outline-told-facts = Cifras y nombres en: { $places }.
outline-told-feelings = Emociones en: { $places }.
outline-told-questions = Preguntas en: { $places }.
outline-told-reactions = Risas o aplausos en: { $places }.
# One of the places of the message before.
outline-told-probably = probablemente { $position }
outline-told-speakers = Hablan: { $speakers }.
# One of the speakers of the message before, and how long they speak.
outline-told-speaker = { $name } { $length }

## Chapters

outline-chapters = Capítulos
outline-key-points = Puntos clave
outline-topics = Temas
outline-find-clips = Buscar clips sobre { $word }
outline-export = Exportar capítulos
outline-copy-label = Copiar los capítulos, en líneas que entienden los sitios de video
outline-save-label = Guardar los capítulos, en un archivo de texto
outline-notes = Notas (Markdown)
outline-notes-label = Notas (Markdown): capítulos, puntos clave y temas
