# What is wrong with a file that cannot be read or written, and what to do about it.

media-both = { $first } { $second }
# In the place of the name of one.
media-codec-unknown = unbekannter Codec

# Kinds of files that are known and not read
media-foreign-avi = Das ist ein AVI-Video.
media-foreign-flv = Das ist ein FLV-Video (Flash).
media-foreign-mpeg-ts = Das ist eine MPEG-TS-Aufnahme (Transportstrom).
media-foreign-m2ts = Das ist eine MPEG-TS-Aufnahme (M2TS, von Camcorder oder Blu-ray).
media-foreign-mpeg-ps = Das ist ein MPEG-Programmstrom (MPG oder VOB).
media-foreign-mpeg-video = Das ist ein reiner MPEG-Videostrom.
media-foreign-windows-media = Das ist eine Windows-Media-Datei (WMV oder WMA).
media-foreign-real-media = Das ist eine RealMedia-Datei.
media-foreign-ivf = Das ist ein IVF-Video.
media-foreign-amr = Das ist eine Sprachaufnahme im Format AMR.
media-foreign-silk = Das ist eine Sprachaufnahme im Format SILK.
media-foreign-monkeys-audio = Das ist eine Monkey’s-Audio-Datei.
media-foreign-wavpack = Das ist eine WavPack-Datei.
media-foreign-au = Das ist eine AU-Tondatei.
media-foreign-ac3 = Das ist ein reiner AC-3-Strom (Dolby Digital).
media-foreign-dts = Das ist ein reiner DTS-Strom.
media-foreign-zip = Das ist ein ZIP-Archiv (oder ein Office-Dokument).
media-foreign-rar = Das ist ein RAR-Archiv.
media-foreign-7z = Das ist ein 7-Zip-Archiv.
media-foreign-gzip = Das ist ein gzip-Archiv.
media-foreign-midi = Das ist eine MIDI-Datei: Sie enthält Noten und keinen Ton.
media-foreign-webp = Das ist ein WebP-Bild.
media-foreign-png = Das ist ein PNG-Bild.
media-foreign-jpeg = Das ist ein JPEG-Bild.
media-foreign-gif = Das ist eine GIF-Animation; sie hat keinen Ton.
media-foreign-heif = Das ist ein Bild (HEIC oder AVIF).
media-foreign-pdf = Das ist ein PDF-Dokument.
media-foreign-windows-program = Das ist ein Windows-Programm.
media-foreign-program = Das ist ein Programm.
media-foreign-database = Das ist eine Datenbank.
media-foreign-web-page = Das ist eine Webseite, keine Aufnahme.
media-foreign-text = Das ist eine Textdatei, keine Aufnahme.
media-unrecognized = Was für eine Datei das ist, lässt sich nicht erkennen: Sie ist vielleicht beschädigt, verschlüsselt oder gar keine Aufnahme.

# What can be done about them
media-advice-read-here = Incut liest Videos als MP4, MOV, WebM und MKV und Ton als MP3, M4A, WAV, FLAC, Ogg, AAC, AIFF und CAF.
media-advice-to-mp4 = Wandle die Datei zuerst in MP4 um, zum Beispiel mit HandBrake oder `ffmpeg -i input output.mp4`.
media-advice-to-mp3 = Wandle die Datei zuerst in MP3 oder WAV um, zum Beispiel mit `ffmpeg -i input output.mp3`.
media-advice-unpack = Entpacke das Archiv und wähle die Aufnahme darin aus.
media-advice-recording = Wähle stattdessen eine Aufnahme aus.
media-advice-fetch = Vielleicht ist der Download fehlgeschlagen; lade die Aufnahme noch einmal herunter.

# Recordings of a kind that is not read
media-other-document = Die Datei ist ein EBML-Dokument der Art „{ $kind }“, kein Video.
media-nothing-played = Die Datei enthält weder Bild noch Ton, nur andere Spuren.
media-protected = Die Aufnahme ist geschützt (DRM): Bild oder Ton sind verschlüsselt, deshalb lässt sie sich hier nicht öffnen.
media-compressed-index = Die MOV-Datei hat einen komprimierten Index. Diese Form aus den 1990ern wird nicht gelesen.
media-compressed-frames = Die MKV-Datei komprimiert ihre Frames ein zweites Mal. Das wird nicht gelesen.
media-wav-coding = Der Ton der WAV-Datei ist als { $coding } codiert (Format { $tag }). Das wird nicht gelesen.
media-wav-bits = Der Ton der WAV-Datei hat eine ungewöhnliche Zahl von Bits (Format { $tag }). Das wird nicht gelesen.
media-wav-unknown = Der Ton der WAV-Datei ist auf eine Weise codiert, die hier nicht bekannt ist (Format { $tag }).
media-aiff-coding = Der Ton der AIFF-Datei ist als „{ $coding }“ mit { $bits } Bit komprimiert. Das wird nicht gelesen.
media-caf-coding = Der Ton der CAF-Datei ist als „{ $coding }“ codiert. Das wird nur in M4A gelesen.
media-undecodable = Der Ton ist { $codec } und lässt sich hier nicht decodieren.
media-undecodable-unknown = Der Ton ist von unbekannter Art und lässt sich hier nicht decodieren.
media-sample-rates = Ton mit { $from } Samples pro Sekunde lässt sich nicht in { $to } umrechnen.
media-no-such-track = Die Datei hat keine Spur { $track }.

# Damaged files
media-no-bytes = Die Datei ist leer: Sie enthält kein einziges Byte.
media-few-bytes = Die Datei ist nur wenige Byte lang, zu kurz für eine Aufnahme.
media-tag-too-large = Die Datei beginnt mit einem ID3-Tag, das größer als die ganze Datei sein will, und Ton folgt nicht.
media-no-description = Die { $format }-Datei sagt nicht, wie ihr Ton gespeichert ist: Sie ist beschädigt oder abgeschnitten.
media-impossible-sound = Im Header der { $format }-Datei stehen { $channels } Kanäle mit { $rate } Hz. Das kann nicht sein.
media-impossible-sample-size = Im Header der { $format }-Datei steht eine unmögliche Größe der Samples.
media-no-sample-rate = In der { $format }-Datei fehlt die Abtastrate des Tons.
media-no-sound = Die { $format }-Datei enthält keinen Ton.
media-sound-missing = Die { $format }-Datei hat einen Header und dahinter keinen Ton: Sie wurde abgeschnitten oder nie fertig geschrieben.
media-not-as-named = Die Datei gibt sich als { $format } aus, enthält aber keinen { $format }-Ton, der sich lesen lässt.
media-no-known-stream = Die Ogg-Datei beginnt mit keinem bekannten Strom.
media-index-too-large = Der Index der Aufnahme ist beschädigt: Er gibt sich größer, als einer sein kann.
media-index-cut = Der Index der Aufnahme ist abgeschnitten, deshalb ist nichts von ihr zu finden.
media-index-damaged = Der Index der Aufnahme ist beschädigt: Er beschreibt keine sinnvolle Spur.
media-index-unreadable = Der Index der Aufnahme ließ sich nicht lesen.
media-fragment = Das ist ein Teil eines fragmentierten MP4 ohne Header (ohne moov-Box). Wie es abgespielt wird, steht nirgends.
media-no-index = Das MP4 enthält Bild- oder Tondaten, aber keinen Index (keine moov-Box): Die Aufnahme wurde vor ihrem Ende abgebrochen oder nur zum Teil kopiert.
media-no-recording = Die Datei ist wie ein MP4 aufgebaut, enthält aber keine Aufnahme (keine moov-Box).
media-header-damaged = Der Header der WebM- oder MKV-Datei ist beschädigt.
media-no-tracks = Die Datei hat keine Spuren: Die Aufnahme wurde wahrscheinlich abgebrochen oder nie abgeschlossen.
media-recording-missing = Die Datei beschreibt eine Aufnahme, von der nichts da ist: Sie wurde abgeschnitten.
media-no-length = Die Aufnahme hat keine Länge: Sie wurde wahrscheinlich nie abgeschlossen.
media-no-such-description = Der Ton verweist auf eine Beschreibung, die in der Datei fehlt.
media-damaged-sound = Der Ton bei { $at } s ist beschädigt.
media-nothing-decoded = { $packets ->
    [one] Das einzige Stück Ton ({ $codec }) ließ sich nicht decodieren: Die Datei ist beschädigt.
   *[other] Keins der { $packets } Tonstücke ({ $codec }) ließ sich decodieren: Die Datei ist beschädigt.
}
media-no-room = Zum Schreiben der Datei ist kein Platz mehr.
media-io = Die Datei ließ sich nicht lesen oder schreiben ({ $detail }).
media-no-sound-track = Die Aufnahme hat keine Tonspur.
media-no-such-sound-track = Diese Tonspur hat die Aufnahme nicht.

# What can be done about these
media-advice-other-file = Wähle eine andere Datei aus oder wandle diese in MP4 um.
media-advice-unprotected = Wähle eine ungeschützte Kopie aus.
media-advice-as-mp4 = Exportiere sie noch einmal als MP4.
media-advice-remux = Verpacke sie neu, zum Beispiel mit `ffmpeg -i input -c copy output.mkv`.
media-advice-plain-wav = Wandle sie in einfaches WAV oder MP3 um, zum Beispiel mit `ffmpeg -i input output.wav`.
media-advice-wav = Wandle sie zuerst in WAV um.
media-advice-m4a = Wandle sie zuerst in M4A oder WAV um.
media-advice-codecs = Wandle ihn zuerst in AAC, MP3, FLAC oder WAV um.
media-advice-rates = Exportiere ihn mit 44100 oder 48000 Hz.
media-advice-open-again = Öffne die Datei noch einmal.
media-advice-download = Kopiere die Datei noch einmal oder lade sie neu herunter.
media-advice-export = Kopiere oder exportiere die Datei noch einmal.
media-advice-export-sound = Exportiere den Ton noch einmal.
media-advice-complete = Wähle die vollständige Datei aus.
media-advice-camera = Kopiere sie noch einmal von der Kamera oder vom Handy.
media-advice-room = Gib Speicherplatz frei und versuch es dann noch einmal.
media-advice-moved = Falls sie verschoben oder verändert oder das Laufwerk abgezogen wurde, wähle sie noch einmal aus.
media-advice-with-sound = Wähle eine Aufnahme mit Ton aus.
media-advice-other-track = Wähle eine andere Tonspur aus.

# Clips that cannot be written
media-nothing-encoded = Der Export enthält weder Bild noch Ton: Nichts wurde codiert.
media-no-track-wanted = Ein Export braucht eine Bild- oder eine Tonspur.
media-no-picture-track = Die Datei, die geschrieben wird, hat keine Bildspur.
media-no-audio-track = Die Datei, die geschrieben wird, hat keine Tonspur.
media-form = Diese Bildgröße oder Tonform lässt sich nicht in ein MP4 schreiben.
media-packet-too-large = Ein Paket ist größer, als ein MP4 fassen kann.
media-order = Der Encoder lieferte Bilder in falscher Reihenfolge oder zwei zur selben Zeit.
media-video-config = Der Encoder lieferte keine brauchbare H.264-Konfiguration ({ $detail }); die Datei ließe sich nicht abspielen.
media-audio-config = Der Encoder lieferte keine AAC-Konfiguration; der Ton ließe sich nicht abspielen.
media-index-unwritten = Der Index des MP4 ließ sich nicht schreiben ({ $detail }).
media-advice-export-clip = Exportiere den Clip noch einmal. Wenn das nicht hilft, lade die Seite neu; dein Transkript bleibt erhalten.
