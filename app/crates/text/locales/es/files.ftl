# Files and their measures: what the transcript is saved as, what is stored in this browser, lengths, sizes and shares.

## What the transcript is saved as

files-download = Descargar
files-download-label = Descargar la transcripción
files-srt = Subtítulos (SRT)
files-srt-note = para sitios de video y reproductores
files-vtt = Subtítulos (VTT)
files-vtt-note = para páginas web
files-transcript = Transcripción (JSON)
files-transcript-note = con el tiempo de cada palabra
files-report = Informe (JSON)
files-report-note = qué se hizo y a qué velocidad
# One of the above, and the language that it is in.
files-in-language = { $form }, { $language }
# The name of a file, without its ending.
files-chapters-name = { $name } capítulos

## What is stored in this browser, and what of it was deleted

files-projects = { $projects ->
    [one] { $projects } proyecto
   *[other] { $projects } proyectos
}, { $size }
files-projects-and-clips = { $projects ->
    [one] { $projects } proyecto
   *[other] { $projects } proyectos
}, { $clips ->
    [one] { $clips } clip exportado
   *[other] { $clips } clips exportados
}, { $size }
files-models = Modelos: { $count ->
    [one] { $count } archivo
   *[other] { $count } archivos
}, { $size }
files-settings = Tus ajustes
files-names = { $count ->
    [one] { $count } nombre que escribiste
   *[other] { $count } nombres que escribiste
}
files-taste = { $count ->
    [one] Lo aprendido de { $count } clip que conservaste u omitiste
   *[other] Lo aprendido de { $count } clips que conservaste u omitiste
}
files-page = La página misma, guardada para usarla sin conexión

## Lengths and shares

files-seconds = { $seconds } s
files-minutes = { $minutes } min
files-minutes-seconds = { $minutes } min { $seconds } s
files-percent = { $percent } %
# For screen readers.
files-spoken-seconds = { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}
files-spoken-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
files-spoken-minutes-seconds = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
} { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}

## Time left

files-left-moment = faltan unos segundos
files-left-seconds = faltan unos { $seconds } s
files-left-minutes = { $minutes ->
    [one] falta aproximadamente { $minutes } min
   *[other] faltan unos { $minutes } min
}
files-left-hours = faltan aproximadamente { $hours } h { $minutes } min
