# Files and their measures: what the transcript is saved as, what is stored in this browser, lengths, sizes and shares.

## What the transcript is saved as

files-download = Herunterladen
files-download-label = Transkript herunterladen
files-srt = Untertitel (SRT)
files-srt-note = für Videoseiten und Player
files-vtt = Untertitel (VTT)
files-vtt-note = für Webseiten
files-transcript = Transkript (JSON)
files-transcript-note = mit der Zeit jedes Wortes
files-report = Bericht (JSON)
files-report-note = was gemacht wurde und wie schnell
# One of the above, and the language that it is in.
files-in-language = { $form }, { $language }
# The name of a file, without its ending.
files-chapters-name = { $name } Kapitel

## What is stored in this browser, and what of it was deleted

files-projects = { $projects ->
    [one] { $projects } Projekt
   *[other] { $projects } Projekte
}, { $size }
files-projects-and-clips = { $projects ->
    [one] { $projects } Projekt
   *[other] { $projects } Projekte
}, { $clips ->
    [one] { $clips } exportierter Clip
   *[other] { $clips } exportierte Clips
}, { $size }
files-models = Modelle: { $count ->
    [one] { $count } Datei
   *[other] { $count } Dateien
}, { $size }
files-settings = Deine Einstellungen
files-names = { $count ->
    [one] { $count } Name, den du eingegeben hast
   *[other] { $count } Namen, die du eingegeben hast
}
files-taste = { $count ->
    [one] Gelernt aus { $count } Clip, den du behalten oder übersprungen hast
   *[other] Gelernt aus { $count } Clips, die du behalten oder übersprungen hast
}
files-page = Die Seite selbst, für die Nutzung ohne Netz gespeichert

## Lengths and shares

files-seconds = { $seconds } s
files-minutes = { $minutes } min
files-minutes-seconds = { $minutes } min { $seconds } s
files-percent = { $percent } %
# For screen readers.
files-spoken-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}
files-spoken-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
files-spoken-minutes-seconds = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
} { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}

## Time left

files-left-moment = noch ein paar Sekunden
files-left-seconds = noch etwa { $seconds } s
files-left-minutes = noch etwa { $minutes } min
files-left-hours = noch etwa { $hours } h { $minutes } min
