# The page without a video: what Incut does, where to drop one, and a project that waits for its file.

start-title-long = Langes Video rein.
start-title-short = Kurze Clips raus.
start-promise = Incut hört sich dein Video an, findet die Momente, die das Teilen lohnen, und macht daraus Hochkant-Clips mit Untertiteln.
start-promise-private = Dein Video verlässt diesen Tab nie.
start-choose-video = Video auswählen
start-drop = oder irgendwo auf dieser Seite ablegen
start-sample-question = Kein Video zur Hand?
start-sample = Mit einem Beispiel ausprobieren
start-sample-note = ein kurzer Vortrag, vom Computer gesprochen

# Three facts below
start-private = Nichts wird hochgeladen.
start-private-more = Es gibt kein Konto und keinen Server, der dein Video sehen könnte.
start-offline = Funktioniert offline.
start-offline-more = Incut ist in diesem Browser gespeichert und öffnet sich auch ohne Netz.
start-local = Läuft auf diesem Gerät.
start-local-more = Transkripte und Clips entstehen hier, nicht auf einem Server.
start-yours = Du entscheidest.
start-yours-more = Jeder Clip sagt, warum er ausgewählt wurde, und jeder Schnitt lässt sich verschieben und rückgängig machen.

# After everything was erased
start-erased = Aus diesem Browser gelöscht
start-erased-whole = Von Incut ist in diesem Browser nichts mehr übrig, auch diese Liste nicht. Der nächste Besuch beginnt von vorn.
start-erased-partly = Etwas ließ sich nicht löschen: Schließ alle anderen Tabs von Incut und lösche noch einmal.

# A project whose file has to be chosen again; the name is shown in bold
start-expected = Wähle { $name } noch einmal aus, um weiterzumachen. Der Browser behält deine Clips und dein Transkript, nicht das Video.
start-expected-choose = Datei auswählen
start-expected-later = Nicht jetzt
start-mismatch = { $chosen } ({ $size }) passt nicht zum Video dieses Projekts, { $expected } ({ $expected_size }).
start-mismatch-namesake = Name und Größe sind gleich, der Inhalt ist ein anderer.
start-mismatch-again = Andere Datei auswählen
start-mismatch-new = Als neues Video öffnen
start-renamed = Gleicher Inhalt, neuer Name. Es geht weiter mit { $before }.
