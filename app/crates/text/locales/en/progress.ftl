# The work that runs now, how far the speech model is, and another model that is got ready beside it.

progress-label = Progress
progress-opening = Opening the video
progress-transcribing = Transcribing
progress-transcribing-again = Transcribing again
progress-translating = Translating to English
progress-faces = Looking for faces
progress-making = Making the clip
progress-making-of = Making clip { $number } of { $count }
progress-speed = { $speed }× speed
progress-amount = { $done } of { $total }
progress-translation-stays = Your transcript and clips stay as they are. English is kept beside them.
progress-words-stay = Your transcript and clips stay as they are until the new one is whole.
progress-stopped = Stopped
progress-saved-so-far = Your transcript so far is saved.
progress-nothing-yet = Nothing was transcribed yet.
progress-continue = Continue

# The speech model
progress-model-loading = Loading the speech model…
progress-model-downloading = Downloading the speech model
progress-model-downloading-why = Only once. It stays in this browser.
progress-model-checking = Checking the speech model
progress-model-checking-why = Verifying the download.
progress-model-waiting = Another tab downloads the speech model
progress-model-waiting-why = This one continues as soon as it is there.
progress-video-waits = Your video opens as soon as it is ready.
progress-ready-on-gpu = Speech model ready: { $model }, on the GPU
progress-ready-on-gpu-named = Speech model ready: { $model }, on the GPU ({ $adapter })
progress-ready-on-cpu = { $count ->
    [one] Speech model ready: { $model }, on the CPU
   *[other] Speech model ready: { $model }, on { $count } CPU cores
}
progress-no-model = No speech model is stored here. It is downloaded when you open a video.
progress-download-now = Download it now

# Another model or device, while the present one goes on
progress-other-rules = Picking from the transcript
progress-other-device = The other device
progress-other-starting = { $what }: starting
progress-other-step = { $what }: { $step }
progress-beside-looking = getting ready
progress-beside-downloading = downloading, only once
progress-beside-checking = verifying the download
progress-beside-loading = loading it
progress-beside-waiting = another tab downloads it
progress-other-ready = { $what } takes over when this finishes
progress-other-broken = { $what } cannot be used. { $why }
progress-stay = Stay with { $model }
progress-leave = Leave it as it was
