# Settings, and the list of keyboard shortcuts.

settings-title = Einstellungen
settings-close = Einstellungen schließen

## Models

settings-model-english = { $name }, nur Englisch
settings-model = Spracherkennung
settings-model-unknown = Die Liste konnte nicht gelesen werden; es gilt das gespeicherte Modell.
settings-model-note = Größere Modelle verstehen besser, brauchen aber länger. Jedes wird einmal heruntergeladen; bis es da ist, bleibt das bisherige in Betrieb.
settings-writer = Titel und Posts
settings-writer-rules = Aus dem Transkript wählen
settings-writer-model = { $title }, { $size }, einmaliger Download
settings-writer-note = Wer Titel und Posts zu den Clips schreibt. Auch ein Sprachmodell läuft in diesem Tab, und seine Entwürfe werden mit dem Transkript abgeglichen.

## Where models run

settings-device = Ausführen auf
settings-device-auto = Automatisch
settings-device-cpu = CPU
settings-device-gpu = GPU
settings-no-webgpu = Dieser Browser hat kein WebGPU: Die CPU wird verwendet.
settings-webgpu-failed = WebGPU hat hier nicht funktioniert: Die CPU wird verwendet.

## Clips and taste

settings-clips = Anzahl der Clip-Vorschläge
settings-taste = Dein Geschmack
settings-taste-learned = { $count ->
    [0] Noch nichts gelernt: Behalte oder überspringe Clips, und die Auswahl richtet sich danach.
    [one] Gelernt aus { $count } Clip, den du behalten oder übersprungen hast.
   *[other] Gelernt aus { $count } Clips, die du behalten oder übersprungen hast.
}
settings-taste-reset = Zurücksetzen
settings-taste-reset-label = Zurücksetzen, was Incut gelernt hat

## The page

settings-shortcuts = Tastenkürzel
settings-install = Incut installieren
settings-theme = Darstellung
settings-theme-system = System
settings-theme-light = Hell
settings-theme-dark = Dunkel

## Privacy

settings-private = Was privat bleibt
settings-private-text = Alles. Dein Video, sein Ton, das Transkript und die Clips werden in diesem Tab bearbeitet und in diesem Browser aufbewahrt. Der Server gibt nur die Seite und die Modelle heraus, und die Seite darf mit niemandem sonst sprechen. Es gibt kein Konto, keine Nutzungsanalyse und keine Werbung.

## The list of keyboard shortcuts, which stands in index.html

# Keys, as they are labeled.
settings-key-delete = Entf
settings-key-end = Ende
settings-key-enter = Eingabe
settings-key-escape = Esc
settings-key-home = Pos1
settings-key-select = Umschalt ←
settings-key-space = Leertaste
settings-keys = Tastenkürzel
settings-keys-everywhere = Überall
settings-keys-play = Abspielen oder anhalten
settings-keys-seconds = 5 Sekunden zurück oder vor
settings-keys-redo = Wiederholen
settings-keys-list = Diese Liste
settings-keys-clips = Clips
settings-keys-step = Nächster oder voriger Clip
settings-keys-open = Clip öffnen
settings-keys-keep = Behalten
settings-keys-skip = Überspringen
settings-keys-export = Exportieren
settings-keys-editor = In einem offenen Clip
settings-keys-in-out = Hier beginnen oder enden
settings-keys-start = Ein Wort früher oder später beginnen
settings-keys-end = Ein Wort früher oder später enden
settings-keys-select = Wörter auswählen
settings-keys-cut = Wörter herausschneiden oder zurückholen
settings-keys-correct = Wörter korrigieren
settings-keys-close = Clip schließen
settings-keys-transcript = Im Transkript
settings-keys-line = Zeile für Zeile
settings-keys-word = Wort für Wort
settings-keys-ends = Erste oder letzte Zeile
settings-keys-go = Im Video dorthin springen
settings-keys-single = Einzelne Buchstaben als Tastenkürzel nutzen
