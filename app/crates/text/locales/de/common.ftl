# Words that several rooms of the page say.

common-cancel = Abbrechen
common-clip-number = Clip { $number }
common-clips = { $count ->
    [one] { $count } Clip
   *[other] { $count } Clips
}
common-close = Schließen
# Between the parts of a list.
common-comma = { ", " }
common-copied = Kopiert
common-copied-not = Konnte nicht kopiert werden
common-copy = Kopieren
common-keep = Behalten
# As it stands on the keys.
common-key-redo = Strg+Umschalt+Z
common-key-undo = Strg+Z
common-pause = Pause
common-play = Abspielen
common-save = Speichern
common-see-stored = Gespeichertes ansehen
common-settings = Einstellungen
common-stopping = Wird angehalten
common-the-clip = Der Clip
common-try-again = Noch einmal versuchen
common-undo = Rückgängig
# What a button does, and the keys for it.
common-with-keys = { $act } ({ $keys })
