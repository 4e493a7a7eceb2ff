# The work that runs now, how far the speech model is, and another model that is got ready beside it.

progress-label = Fortschritt
progress-opening = Video wird geöffnet
progress-transcribing = Wird transkribiert
progress-transcribing-again = Wird neu transkribiert
progress-translating = Wird ins Englische übersetzt
progress-faces = Gesichter werden gesucht
progress-making = Clip wird exportiert
progress-making-of = Clip { $number } von { $count } wird exportiert
progress-speed = { $speed }× Tempo
progress-amount = { $done } von { $total }
progress-translation-stays = Dein Transkript und deine Clips bleiben, wie sie sind. Englisch kommt dazu.
progress-words-stay = Dein Transkript und deine Clips bleiben, wie sie sind, bis das neue fertig ist.
progress-stopped = Angehalten
progress-saved-so-far = Dein Transkript bis hierher ist gespeichert.
progress-nothing-yet = Es wurde noch nichts transkribiert.
progress-continue = Weitermachen

# The speech model
progress-model-loading = Spracherkennung wird geladen …
progress-model-downloading = Spracherkennung wird heruntergeladen
progress-model-downloading-why = Nur einmal. Sie bleibt in diesem Browser.
progress-model-checking = Spracherkennung wird geprüft
progress-model-checking-why = Der Download wird überprüft.
progress-model-waiting = Ein anderer Tab lädt die Spracherkennung herunter
progress-model-waiting-why = Hier geht es weiter, sobald sie da ist.
progress-video-waits = Dein Video öffnet sich, sobald sie bereit ist.
progress-ready-on-gpu = Spracherkennung bereit: { $model }, auf der GPU
progress-ready-on-gpu-named = Spracherkennung bereit: { $model }, auf der GPU ({ $adapter })
progress-ready-on-cpu = { $count ->
    [one] Spracherkennung bereit: { $model }, auf der CPU
   *[other] Spracherkennung bereit: { $model }, auf { $count } CPU-Kernen
}
progress-no-model = Hier ist keine Spracherkennung gespeichert. Sie wird heruntergeladen, wenn du ein Video öffnest.
progress-download-now = Jetzt herunterladen

# Another model or device, while the present one goes on
progress-other-rules = Auswahl aus dem Transkript
progress-other-device = Das andere Gerät
progress-other-starting = { $what }: wird gestartet
progress-other-step = { $what }: { $step }
progress-beside-looking = wird vorbereitet
progress-beside-downloading = wird heruntergeladen, nur einmal
progress-beside-checking = Download wird überprüft
progress-beside-loading = wird geladen
progress-beside-waiting = ein anderer Tab lädt es herunter
progress-other-ready = { $what } übernimmt, sobald das hier fertig ist
progress-other-broken = { $what } lässt sich nicht nutzen. { $why }
progress-stay = Bei { $model } bleiben
progress-leave = So lassen, wie es war
