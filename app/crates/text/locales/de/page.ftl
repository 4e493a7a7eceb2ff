# The page as a whole: its frame and top line, the count of requests, and what keeps it from working.

page-title = Incut: langes Video rein, kurze Clips raus
page-skip = Zum Inhalt springen
page-files = Video- oder Audiodateien
page-clips-from = Clips aus { $name }
page-video = Video
page-clips = Clips
page-drop = Irgendwo ablegen

# The top line
page-start = Incut, Startseite
page-close-video = Dieses Video schließen
page-install = Installieren
page-works-offline = Offline nutzbar
page-is-offline = Offline, alles funktioniert
page-offline-why = Seite und Spracherkennung sind in diesem Browser gespeichert und wurden geprüft.
page-update = Für Update neu laden
page-update-is-here = Ein neueres Incut ist da
page-update-waits = Möglich, sobald das hier fertig ist
page-update-refused = Ein anderer Tab arbeitet noch

# What was asked of servers; a number follows the first two
page-requests-since = Anfragen, seit deine Datei offen ist:
page-requests = Anfragen:
page-requests-none = Seit deine Datei offen ist, wurde kein Server angefragt.
page-requests-told = Seit deine Datei offen ist: { $what }.
page-requests-counted = Gezählt wird, was diese Seite, ihre Worker und ihr Service Worker bei einem Server anfragen. Nicht gezählt wird, was der Browser von sich aus anfragt, und seine Erweiterungen.
page-requests-models = { $count ->
    [one] { $count } Modelldatei
   *[other] { $count } Modelldateien
}
page-requests-fonts = { $count ->
    [one] { $count } Schrift
   *[other] { $count } Schriften
}
page-requests-icons = { $count ->
    [one] { $count } Symbol
   *[other] { $count } Symbole
}
page-requests-pages = { $count ->
    [one] { $count } Datei der Seite
   *[other] { $count } Dateien der Seite
}
page-requests-nothing-sent = nichts gesendet
page-requests-unexpected = { $count } unerwartet

# What to do about something that went wrong
page-use-cpu = Stattdessen die CPU nutzen
page-choose-another = Andere Datei auswählen
page-close-message = Diese Meldung schließen

# What keeps the page from working, and what to do
page-no-codecs = Dieser Browser kann Video nicht selbst dekodieren und kodieren (WebCodecs fehlt).
page-no-storage = Dieser Browser gibt Seiten keinen eigenen Dateispeicher, oder dies ist ein privates Fenster ohne ihn.
page-no-workers = Dieser Browser kann nicht im Hintergrund arbeiten und zeichnen.
page-other-browser = Öffne Incut in einem aktuellen Chrome, Edge, Safari 26 oder Firefox, über https oder auf diesem Computer.
page-mixed-builds = Diese Seite und was von Incut in diesem Browser gespeichert ist, sind verschiedene Versionen.
page-mixed-builds-advice = Schließ alle Tabs von Incut und öffne es dann wieder.
page-no-engine = Der Teil von Incut, der die Arbeit macht, konnte nicht gestartet werden.
page-no-engine-advice = Lade die Seite neu. Wenn das nicht hilft, nimm einen aktuellen Chrome, Edge, Safari oder Firefox.
page-engine-stopped = Der Teil von Incut, der die Arbeit macht, hat unerwartet aufgehört. Dein Transkript bis hierher ist gespeichert.
page-engine-stopped-advice = Drück auf „Noch einmal versuchen“, um weiterzumachen.
page-out-of-memory = Diesem Tab ist der Arbeitsspeicher ausgegangen. Dein Transkript bis hierher ist gespeichert.
page-out-of-memory-advice = Schließ andere Tabs und drück auf „Noch einmal versuchen“, oder nimm in den Einstellungen eine kleinere Spracherkennung.
page-misunderstood = Die Seite und ihre Engine haben sich missverstanden ({ $detail }).
page-misunderstood-advice = Lade die Seite neu: Sie ist vielleicht älter als ihre Engine.
