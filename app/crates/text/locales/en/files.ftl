# Files and their measures: what the transcript is saved as, what is stored in this browser, lengths, sizes and shares.

## What the transcript is saved as

files-download = Download
files-download-label = Download the transcript
files-srt = Subtitles (SRT)
files-srt-note = for video sites and players
files-vtt = Subtitles (VTT)
files-vtt-note = for web pages
files-transcript = Transcript (JSON)
files-transcript-note = with the time of each word
files-report = Report (JSON)
files-report-note = what was done and how fast
# One of the above, and the language that it is in.
files-in-language = { $form }, { $language }
# The name of a file, without its ending.
files-chapters-name = { $name } chapters

## What is stored in this browser, and what of it was deleted

files-projects = { $projects ->
    [one] { $projects } project
   *[other] { $projects } projects
}, { $size }
files-projects-and-clips = { $projects ->
    [one] { $projects } project
   *[other] { $projects } projects
}, { $clips ->
    [one] { $clips } exported clip
   *[other] { $clips } exported clips
}, { $size }
files-models = Models: { $count ->
    [one] { $count } file
   *[other] { $count } files
}, { $size }
files-settings = Your settings
files-names = { $count ->
    [one] { $count } name you typed
   *[other] { $count } names you typed
}
files-taste = { $count ->
    [one] What was learned from { $count } clip you kept or skipped
   *[other] What was learned from { $count } clips you kept or skipped
}
files-page = The page itself, stored for offline use

## Lengths and shares

files-seconds = { $seconds } s
files-minutes = { $minutes } min
files-minutes-seconds = { $minutes } min { $seconds } s
files-percent = { $percent } %
# For screen readers.
files-spoken-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
files-spoken-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
files-spoken-minutes-seconds = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}

## Time left

files-left-moment = a few seconds left
files-left-seconds = about { $seconds } s left
files-left-minutes = about { $minutes } min left
files-left-hours = about { $hours } h { $minutes } min left
