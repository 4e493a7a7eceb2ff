# What went wrong, and what to do about it.

failure-both = { $first } { $second }

# The file that was opened
failure-undecodable-sound = Der Ton in dieser Datei ist { $codec }, und das kann dieser Browser nicht dekodieren.
failure-undecodable-sound-unknown = Der Ton in dieser Datei ist von unbekannter Art, und die kann dieser Browser nicht dekodieren.
failure-undecodable-sounds = Dieser Browser kann keine der { $count } Tonspuren dieser Datei dekodieren ({ $forms }).
failure-forms = { $first }; { $second }
failure-advice-sound-codec = Konvertiere die Datei so, dass ihr Ton AAC, MP3 oder Opus ist.
failure-undecodable-picture = Das Bild in dieser Datei ist { $codec }, und das kann dieser Browser nicht dekodieren.
failure-undecodable-picture-unknown = Das Bild in dieser Datei ist von unbekannter Art, und die kann dieser Browser nicht dekodieren.
failure-advice-picture-codec = Konvertiere das Video zu H.264 (auf dem iPhone: Einstellungen › Kamera › Formate › Maximale Kompatibilität) oder versuch es mit einem anderen Browser.
failure-no-sound = Diese Datei hat keinen Ton. Es gibt also nichts zu transkribieren und keine Clips zu finden.
failure-advice-with-speech = Wähle ein Video, in dem gesprochen wird, oder exportiere dieses noch einmal mit Ton.
failure-impossible-sound = Der Ton soll { $rate } Abtastwerte pro Sekunde in { $channels } Kanälen haben.
failure-advice-from-source = Die Datei ist beschädigt. Konvertiere oder exportiere sie noch einmal aus dem Original.
failure-damaged-picture = Das Bild in dieser Datei ist an zu vielen Stellen beschädigt. { $why }
failure-unpaintable-picture = Ein Bild dieses Videos lässt sich nicht anzeigen ({ $detail }).
failure-advice-fresh-mp4 = Konvertiere das Video zu einer neuen MP4-Datei und öffne die.
failure-no-picture-here = An dieser Stelle der Datei ließ sich kein Bild dekodieren.
failure-advice-move-clip = Verschieb den Clip oder konvertiere das Video zu einer neuen MP4-Datei.
failure-nothing-heard = Diesmal wurden keine Wörter gefunden.
failure-advice-nothing-heard = Dein Transkript und deine Clips sind, wie sie waren. Versuche es mit einer anderen Sprache oder einem anderen Modell.
failure-no-sample = Das Beispiel konnte nicht geladen werden.
failure-advice-sample = Stell eine Verbindung zum Netz her und versuch es noch einmal, oder wähle ein eigenes Video.

# The clip that is written
failure-no-room-for-clip = Der Browser hat keinen Platz mehr für diesen Clip.
failure-advice-room-for-clip = Mach etwas Speicherplatz frei oder lösche in den Einstellungen Modelle oder Projekte. Exportiere dann noch einmal.
failure-no-encoder = Dieser Browser kann H.264 in { $width }×{ $height } nicht kodieren.
failure-advice-export-elsewhere = Nimm zum Exportieren einen aktuellen Chrome oder Edge. Dein Transkript und deine Clips bleiben.

# Models
failure-unknown-model = Hier gibt es kein Modell namens „{ $id }“.
failure-advice-other-model = Wähle in den Einstellungen ein anderes.
failure-no-model-list = Die Liste der Spracherkennungen ist noch nicht auf diesem Gerät und ließ sich nicht herunterladen.
failure-no-model = Die Spracherkennung ist noch nicht auf diesem Gerät und ließ sich nicht herunterladen.
failure-no-model-file = Ein Teil der Spracherkennung ({ $file }) ist noch nicht auf diesem Gerät und ließ sich nicht herunterladen.
failure-advice-connect-once = Verbinde dich einmal mit der Adresse, von der du Incut geöffnet hast, und lade die Seite neu. Danach geht es ohne Netz.
failure-no-embedding-models = Die Modelle für Stimmen und Themen sind nicht auf diesem Server.
failure-advice-by-words = Clips werden trotzdem nach den Worten ausgewählt. Wer den Server betreibt, kann die Modelle hinzufügen.
failure-no-face-model = Das Modell, das Gesichter findet, ist nicht auf diesem Server.
failure-advice-frame-by-hand = Der Ausschnitt lässt sich von Hand wählen. Wer den Server betreibt, kann das Modell hinzufügen.
failure-model-damaged = Das gespeicherte Modell ist beschädigt ({ $file } passt nicht zur Prüfsumme).
failure-advice-fetch-again = Verbinde dich einmal mit der Adresse, von der du Incut geöffnet hast, und lade die Seite neu: Dann wird es noch einmal heruntergeladen.
failure-model-mismatch = Der Server hat eine andere Datei geschickt, als in seiner Liste der Modelle steht ({ $file }).
failure-advice-export-models = Lade die Seite neu, um es noch einmal zu versuchen. Wenn es dabei bleibt, muss, wer den Server betreibt, die Modelle neu exportieren.
failure-model-failed = Ein Modell hat versagt ({ $detail }).
failure-advice-delete-models = Versuch es noch einmal. Wenn es dabei bleibt, lösche in den Einstellungen die gespeicherten Modelle und lade die Seite neu.
failure-gpu-stopped = Der Grafikprozessor hat aufgehört zu arbeiten.
failure-advice-cpu-if-again = Versuch es noch einmal. Wenn es dabei bleibt, wähle in den Einstellungen die CPU: Sie funktioniert überall.
failure-gpu-unusable = Der Grafikprozessor ließ sich nicht nutzen.
failure-advice-cpu = Wähle in den Einstellungen die CPU: Sie funktioniert überall.

# The engine and its workers
failure-worker-stopped = Ein Worker hat mitten in der Arbeit aufgehört.
failure-worker-memory = Ein Worker bekam vom Browser keinen Arbeitsspeicher mehr.
failure-no-workers-left = Das Transkribieren hat aufgehört: Der Browser hat die Worker immer wieder beendet, wahrscheinlich weil Arbeitsspeicher fehlt.
failure-advice-close-other-tabs = Schließ andere Tabs und mach weiter. Was bis hierher transkribiert ist, bleibt.
failure-no-engine = Der Teil von Incut, der die Arbeit macht, konnte nicht gestartet werden.
failure-advice-current-browser = Lade die Seite neu. Wenn das nicht hilft, nimm einen aktuellen Chrome, Edge, Safari oder Firefox.
failure-engine-stopped = Der Teil von Incut, der die Arbeit macht, hat unerwartet aufgehört. Dein Transkript bis hierher ist gespeichert.
failure-advice-go-on = Drück auf „Noch einmal versuchen“, um weiterzumachen.
failure-engine-memory = Diesem Tab ist der Arbeitsspeicher ausgegangen. Dein Transkript bis hierher ist gespeichert.
failure-advice-smaller-model = Schließ andere Tabs und drück auf „Noch einmal versuchen“, oder nimm in den Einstellungen eine kleinere Spracherkennung.
failure-misunderstood = Die Seite und ihre Engine haben sich missverstanden ({ $detail }).
failure-advice-older-page = Lade die Seite neu: Sie ist vielleicht älter als ihre Engine.
failure-cancelled = Angehalten.
failure-advice-cancelled = Was bis hierher fertig ist, bleibt.
failure-internal = Incut hat einen Fehler gemacht: { $detail }.
failure-advice-reload = Lade die Seite neu und versuch es noch einmal. Dein Transkript bleibt.

# What keeps the page from working
failure-no-codecs = Dieser Browser kann Video nicht selbst dekodieren und kodieren (WebCodecs fehlt).
failure-no-storage = Dieser Browser gibt Seiten keinen eigenen Dateispeicher, oder dies ist ein privates Fenster ohne ihn.
failure-no-workers = Dieser Browser kann nicht im Hintergrund arbeiten und zeichnen.
failure-advice-other-browser = Öffne Incut in einem aktuellen Chrome, Edge, Safari 26 oder Firefox, über https oder auf diesem Computer.
failure-mixed-builds = Diese Seite und was von Incut in diesem Browser gespeichert ist, sind verschiedene Versionen.
failure-advice-close-tabs = Schließ alle Tabs von Incut und öffne es dann wieder.
failure-page-incomplete = Ein Teil dieser Seite konnte nicht geladen werden.
failure-advice-goes-on-trying = Incut versucht es weiter. Prüfe deine Verbindung oder lade die Seite neu.

# The browser, while it was at one of those below
failure-no-room = Für das { $doing } hat der Browser keinen Platz mehr.
failure-advice-room = Mach etwas Speicherplatz frei oder lösche in den Einstellungen Modelle oder Projekte. Versuch es dann noch einmal.
failure-taken-back = Der Browser hat beim { $doing } seine Codecs für Bild und Ton zurückgenommen.
failure-advice-front = Hol diesen Tab nach vorn und versuch es noch einmal. Was bis hierher fertig ist, bleibt.
failure-not-supported = Das kann dieser Browser nicht: { $doing } ({ $detail }).
failure-advice-chrome-or-mp4 = Versuch es mit einem aktuellen Chrome oder Edge oder konvertiere die Datei zu MP4 (H.264 und AAC).
failure-file-gone = Die Datei ließ sich beim { $doing } nicht mehr lesen ({ $detail }).
failure-advice-moved = Wenn sie verschoben, geändert oder ausgesteckt wurde, wähle sie noch einmal aus.
failure-browser = Der Browser hat beim { $doing } einen Fehler gemeldet: { $detail }.
failure-advice-try-again = Versuch es noch einmal. Wenn es dabei bleibt, lade die Seite neu. Was fertig ist, bleibt.

# What the browser was at, as it stands within the sentences above
failure-doing-ask-for-encoder = Prüfen des H.264-Encoders
failure-doing-start-encoder = Starten des H.264-Encoders
failure-doing-hand-over-picture = Übergeben eines Bildes
failure-doing-encode-picture = Kodieren des Bildes
failure-doing-finish-picture = Abschließen des Bildes
failure-doing-read-encoded-picture = Lesen des kodierten Bildes
failure-doing-ask-for-picture-decoder = Prüfen des Bildformats
failure-doing-start-picture-decoder = Starten des Bild-Decoders
failure-doing-decode-picture = Dekodieren des Bildes
failure-doing-read-picture = Lesen eines dekodierten Bildes
failure-doing-start-sound-decoder = Starten des Ton-Decoders
failure-doing-decode-sound = Dekodieren des Tons
failure-doing-read-sound = Lesen des dekodierten Tons
failure-doing-start-worker = Starten eines Workers
failure-doing-hand-over-work = Übergeben von Arbeit an einen Worker
failure-doing-open-storage = Öffnen seines Speichers
failure-doing-read-storage = Lesen seines Speichers
failure-doing-write-storage = Schreiben in seinen Speicher
failure-doing-name-file = Benennen einer fertigen Datei
failure-doing-store-model-list = Speichern der Modellliste
failure-doing-store-model = Speichern der Spracherkennung
failure-doing-store-fonts = Speichern der Schriften
failure-doing-read-font = Lesen einer Schrift
failure-doing-draw-still = Zeichnen eines Standbilds
failure-doing-draw-caption = Zeichnen der Untertitel
failure-doing-show-preview = Anzeigen der Vorschau
