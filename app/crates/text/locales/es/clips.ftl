# The suggested clips: their list and cards, why each was chosen, what a person wants them to be, what is found out and written beside
# them, and the steps that can be taken back.

## The list

clips-title = { $count ->
    [0] Clips
    [one] { $count } clip
   *[other] { $count } clips
}
clips-redo = Rehacer
# What the step did is one of the messages clips-step-….
clips-undo-step = Deshacer: { $step }
clips-redo-step = Rehacer: { $step }
clips-undone = Se deshizo: { $step }
clips-redone = Se rehízo: { $step }
clips-write-all = Escribir títulos y publicaciones
clips-export-all = Exportar todo
clips-skipped = Omitidos
clips-bring-back = Recuperar
clips-bring-back-named = Recuperar { $title }
clips-expected = Los mejores momentos aparecerán aquí cuando la transcripción esté completa.

## A card

# Its length follows.
clips-card-watch = Ver y editar el clip { $number }, { $title },
clips-card-reasons = Por qué se eligió
# Words that are said in the clip.
clips-quoted = «{ $text }»
clips-export = Exportar
clips-export-number = Exportar el clip { $number }
clips-download-again = Descargar otra vez
clips-download-again-number = Descargar otra vez el clip { $number }
clips-saved-as = { $name }, { $size }
clips-kept = Conservado
clips-keep-number = Conservar el clip { $number }
clips-keep-hint = Se queda, y se sugieren más de este tipo
clips-skip = Omitir
clips-skip-number = Omitir el clip { $number }
clips-skip-hint = Se deja aparte, y se sugieren menos de este tipo

## Why a clip was chosen

clips-score = Puntuación: { $score } de 100
clips-score-why = Puntuación: { $score } de 100, por qué
clips-score-hint = Lo bien que funciona por sí solo, sobre 100
clips-score-hint-press = Lo bien que funciona por sí solo, sobre 100. Pulsa para ver por qué
clips-why-parts = Lo que suma a la puntuación
clips-why-points = { $count ->
    [one] { $points } punto
   *[other] { $points } puntos
}
# With a sign: +3 or -3.
clips-why-taste = Por lo que conservaste y omitiste: { $points }
clips-why-down = Resta puntos
clips-part-opening = Inicio
clips-part-closing = Cierre
clips-part-length = Duración
clips-part-hook = Primera frase
clips-part-density = Va al grano
clips-part-coherence = Coherencia
clips-part-pace = Ritmo
clips-part-flow = Sin pausas largas
clips-part-clarity = Audio claro
clips-part-energy = Energía
clips-part-reaction = Risas, aplausos
clips-part-dialogue = Diálogo
clips-part-feeling = Emociones
clips-down-independence = Se apoya en lo dicho antes
clips-down-substance = En parte es lista, saludo o repetición
clips-down-unity = Salta de un tema a otro
clips-down-topic = No todo trata de lo que buscas
clips-down-voice = También hablan otras personas

## What the clips should be

clips-wanted = Cómo deben ser los clips
clips-find = Buscar clips
clips-find-about = Buscar clips sobre
clips-find-placeholder = Buscar clips sobre…
clips-find-do = Buscar
clips-about = Clips sobre «{ $text }», los más cercanos primero
clips-about-looking = Buscando «{ $text }»…
clips-about-failed = No se pudo buscar «{ $text }». { $why }
clips-about-clear = Quitar
clips-about-clear-label = Quitar: otra vez clips sobre cualquier tema
clips-speaker = Quién habla
clips-speaker-all = Todos
clips-speaker-only = Solo { $name }
clips-tune = Ajustar la selección
clips-tune-changed = Modificado
clips-tune-note = Los clips cambian al mover un control. Los editados, conservados y exportados se quedan.
clips-tune-reset = Restablecer
clips-tune-less = menos
clips-tune-more = más
clips-tune-hook = Un buen comienzo
clips-tune-substance = Va al grano
clips-tune-energy = Energía
clips-tune-reaction = Risas y aplausos
clips-tune-dialogue = Preguntas y respuestas
clips-tune-feeling = Emociones
# Where a slider stands, for a screen reader.
clips-tune-stands-not = no cuenta
clips-tune-stands-usual = como siempre
clips-tune-stands-less = menos, { $value } de 2
clips-tune-stands-more = más, { $value } de 2

## What is found out and written beside the clips

clips-finding = Buscando hablantes, reacciones y temas
clips-finding-cancel = Cancelar la búsqueda de hablantes, reacciones y temas
clips-finding-failed = No se pudieron encontrar hablantes, reacciones ni temas. { $why } Todo lo demás funciona.
clips-finding-skipped = Sin buscar: hablantes, reacciones, temas.
clips-finding-again = Buscar ahora
clips-writing = Escribiendo títulos y publicaciones
clips-writing-cancel = Cancelar la escritura de títulos y publicaciones
clips-writing-failed = No se pudieron escribir los títulos y publicaciones. { $why } Todo lo demás funciona.
clips-writing-done = Los títulos y publicaciones están listos: abre un clip para verlos.

## Steps, behind “Undo: ”

clips-step-heard-again = volver a transcribir
clips-step-skip = omitir el clip { $number }
clips-step-bring-back = recuperar el clip { $number }
clips-step-keep = conservar el clip { $number }
clips-step-keep-no-longer = dejar de conservar el clip { $number }
clips-step-find = buscar clips
clips-step-speaker = elegir quién habla
clips-step-tune = ajustar la selección
clips-step-names = nombrar a quien habla
clips-step-labels = nombres en los subtítulos
clips-step-shape = formato
clips-step-caption-language = idioma de los subtítulos
clips-step-corrected = corrección de palabras
clips-step-count = número de clips
clips-step-better = mejores clips
clips-step-add = añadir el clip { $number }
clips-step-split = división del clip { $number }
clips-step-title = título del clip { $number }
clips-step-trim = recorte del clip { $number }
clips-step-words-back = recuperar palabras del clip { $number }
clips-step-cut = corte en el clip { $number }
clips-step-captions = subtítulos del clip { $number }
clips-step-framing = encuadre del clip { $number }
clips-step-other = el último cambio

## Told to those who do not see it

clips-told-exporting = Exportando el clip { $number }
clips-told-exporting-all = { $count ->
    [one] Exportando { $count } clip
   *[other] Exportando { $count } clips
}
clips-told-better = { $count ->
    [one] Se muestra { $count } clip mejor
   *[other] Se muestran { $count } clips mejores
}
clips-told-count-stays = { $count ->
    [one] { $count } clip: los que abriste, cambiaste, conservaste o exportaste se quedan
   *[other] { $count } clips: los que abriste, cambiaste, conservaste o exportaste se quedan
}
clips-told-renamed = { $before } ahora se llama { $now }
