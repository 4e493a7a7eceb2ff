# The page as a whole: its frame and top line, and the count of requests.

page-title = Incut: langes Video rein, kurze Clips raus
page-skip = Zum Inhalt springen
page-files = Video- oder Audiodateien
page-clips-from = Clips aus { $name }
page-tools = Die Werkzeuge werden geholt …
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
