# What a screen reader says of results, for some seconds.

told-ready = { $count ->
    [0] No hay clips
    [one] { $count } clip está listo
   *[other] { $count } clips están listos
}
told-ready-and = { $ready }. { $note }
told-translated = El inglés está listo, junto al original: elige el idioma de los subtítulos
told-saved = { $clip } guardado

# What a person said of a clip
told-skipped = { $clip } omitido
told-skipped-new = { $clip } omitido. Nuevo al final: { $new }
told-kept = { $clip } conservado
told-not-kept = { $clip } ya no se conserva
told-back = { $clip } está de vuelta
told-back-for-last = { $clip } está de vuelta, en lugar del último

# What was canceled
told-canceled-opening = Apertura cancelada
told-canceled-export = Exportación cancelada
told-canceled-faces = Se dejó de buscar caras.
told-canceled-again = Nueva transcripción cancelada. Todo está como antes.
told-canceled-saved = Transcripción cancelada. Tu transcripción hasta aquí está guardada.
told-canceled-nothing = Transcripción cancelada. Aún no se transcribió nada.
told-canceled-translation = Traducción cancelada. Todo está como antes.
told-canceled-understanding = Búsqueda de hablantes, reacciones y temas cancelada
told-canceled-writing = Escritura cancelada
