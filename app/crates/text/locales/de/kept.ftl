# What is kept in this browser: the list of projects, whether the open one is saved, how much room it all takes, and deleting it.

# The list on the first page
kept-continue = Weitermachen
kept-show-all = Alle { $count } anzeigen
kept-no-list = Deine Projekte lassen sich nicht auflisten: Der Speicher des Browsers antwortet nicht. Nichts darin wurde geändert.
kept-projects-here = { $count ->
    [one] Hier ist { $count } Projekt gespeichert.
   *[other] Hier sind { $count } Projekte gespeichert.
}
kept-forget-oldest = { $count ->
    [one] Das älteste löschen
   *[other] Die { $count } ältesten löschen
}
kept-exported = { $count } exportiert
kept-transcribed = { $percent } transkribiert
kept-made-by-newer = von einem neueren Incut
kept-cannot-be-read = hier nicht lesbar
kept-nameless = Projekt ohne Namen
kept-forget = { $name } löschen
kept-save-raw = Rohdaten sichern
kept-save-raw-of = Gespeicherte Rohdaten von { $name } sichern

# After a project was forgotten
kept-forgot = { $name } wurde gelöscht.
kept-forgot-exports = { $count ->
    [one] { $name } und { $count } exportierter Clip wurden gelöscht, { $size }.
   *[other] { $name } und { $count } exportierte Clips wurden gelöscht, { $size }.
}
kept-deleted = Gelöscht: { $what }.
kept-stayed-open = { $count ->
    [one] Ein Projekt ist noch da, weil es in einem anderen Tab offen ist. Schließ es zuerst dort.
   *[other] { $count } Projekte sind noch da, weil sie in einem anderen Tab offen sind. Schließ sie zuerst dort.
}
kept-stayed-unreachable = { $count ->
    [one] Ein Projekt ist noch da: Der Speicher des Browsers hat nicht geantwortet. Versuch es noch einmal.
   *[other] { $count } Projekte sind noch da: Der Speicher des Browsers hat nicht geantwortet. Versuch es noch einmal.
}
kept-back = { $count ->
    [one] Das Projekt ist wieder da.
   *[other] Die Projekte sind wieder da.
}
kept-back-partly = Nicht alles ist wieder da: Der Speicher des Browsers hat nicht geantwortet.

# The open project is not being saved: why, and what to do
kept-not = Wird nicht gespeichert.
kept-unreachable = Der Speicher des Browsers antwortet nicht.
kept-unreachable-advice = Lass diesen Tab offen: Das Speichern wird automatisch wiederholt, und alles funktioniert weiter.
kept-full = Der Browser hat keinen Platz mehr.
kept-full-advice = Mach etwas Speicherplatz frei oder lösche in den Einstellungen Modelle oder Projekte; dann wird automatisch gespeichert.
kept-changed = Ein anderer Tab hat dieses Projekt geändert, seit es hier geöffnet wurde.
kept-changed-advice = Wähle, welche Fassung bleiben soll.
kept-take-stored = Fassung des anderen Tabs nehmen
kept-insist = Diese Fassung behalten
kept-forgotten = Dieses Projekt wurde in einem anderen Tab gelöscht.
kept-forgotten-advice = Schließ das Video oder speichere das Projekt wieder.
kept-keep-again = Wieder speichern
kept-unreadable = Was von dieser Datei schon gespeichert war, ist hier nicht lesbar und wird nicht überschrieben.
kept-unreadable-advice = Sichere es unverändert, falls du es noch brauchst, und speichere dann dieses Projekt an seiner Stelle.
kept-replace = Dieses Projekt stattdessen speichern
kept-left-behind = Die letzten Änderungen an { $name } sind nicht gespeichert.
kept-left-behind-advice = Lass diesen Tab offen und versuch es noch einmal.
kept-elsewhere = Dieses Projekt ist in einem anderen Tab offen. Hier kannst du es ansehen, aber nicht ändern.
kept-newer = Dieses Projekt stammt von einem neueren Incut. Hier wird es nur angezeigt und bleibt, wie es ist; lade die Seite neu, um das neuere zu bekommen.
kept-take-over = Hier daran arbeiten
kept-at-work-elsewhere = Der andere Tab arbeitet noch daran. Versuch es noch einmal, wenn er fertig ist.

# In the settings: how much is stored, and deleting it
kept-stored = In diesem Browser gespeichert
kept-used = { $used } von { $allowed }.
kept-promised = Der Browser hat zugesagt, es nicht von selbst zu löschen.
kept-may-be-cleared = Der Browser kann es löschen, wenn die Festplatte voll wird.
kept-unsaid = Der Browser hat nicht gesagt, ob er es behält.
kept-close-first = Um nur Projekte oder Modelle zu löschen, schließ zuerst das offene Video.
kept-delete-projects = Projekte und Clips löschen
kept-delete-models = Modelle löschen
kept-delete = Löschen
kept-delete-question = { $what } löschen?
kept-with-exports = { $name }, mit { $exports }
kept-model-files = { $count ->
    [one] { $count } Modelldatei, { $size }
   *[other] { $count } Modelldateien, { $size }
}
kept-delete-models-question = { $what } löschen? Beim nächsten Video werden sie wieder heruntergeladen.
kept-models-deleted = Gelöscht: { $what }. Beim nächsten Video werden sie wieder heruntergeladen.
kept-models-stay = Die Modelle bleiben: Ein anderer Tab lädt sie gerade herunter.
kept-models-partly = Nicht alle Modelle ließen sich löschen. Schließ andere Tabs von Incut und versuch es noch einmal.
kept-erase = Alles löschen
kept-erase-question = Alles löschen und schließen? Das lässt sich nicht rückgängig machen.
kept-erase-and-close = Alles löschen und schließen
kept-keep-everything = Alles behalten
