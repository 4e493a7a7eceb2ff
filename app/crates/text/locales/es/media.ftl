# What is wrong with a file that cannot be read or written, and what to do about it.

media-both = { $first } { $second }
# In the place of the name of one.
media-codec-unknown = códec desconocido

# Kinds of files that are known and not read
media-foreign-avi = Esto es un video AVI.
media-foreign-flv = Esto es un video FLV (Flash).
media-foreign-mpeg-ts = Esto es una grabación MPEG-TS (flujo de transporte).
media-foreign-m2ts = Esto es una grabación MPEG-TS (M2TS, de videocámara o Blu-ray).
media-foreign-mpeg-ps = Esto es un flujo de programa MPEG (MPG o VOB).
media-foreign-mpeg-video = Esto es un flujo de video MPEG sin contenedor.
media-foreign-windows-media = Esto es un archivo de Windows Media (WMV o WMA).
media-foreign-real-media = Esto es un archivo RealMedia.
media-foreign-ivf = Esto es un video IVF.
media-foreign-amr = Esto es una grabación de voz AMR.
media-foreign-silk = Esto es una grabación de voz SILK.
media-foreign-monkeys-audio = Esto es un archivo de Monkey’s Audio.
media-foreign-wavpack = Esto es un archivo WavPack.
media-foreign-au = Esto es un archivo de audio AU.
media-foreign-ac3 = Esto es un flujo AC-3 (Dolby Digital) sin contenedor.
media-foreign-dts = Esto es un flujo DTS sin contenedor.
media-foreign-zip = Esto es un archivo comprimido ZIP (o un documento de oficina).
media-foreign-rar = Esto es un archivo comprimido RAR.
media-foreign-7z = Esto es un archivo comprimido 7-Zip.
media-foreign-gzip = Esto es un archivo comprimido gzip.
media-foreign-midi = Esto es un archivo MIDI, que contiene notas y no sonido.
media-foreign-webp = Esto es una imagen WebP.
media-foreign-png = Esto es una imagen PNG.
media-foreign-jpeg = Esto es una imagen JPEG.
media-foreign-gif = Esto es una animación GIF, que no tiene sonido.
media-foreign-heif = Esto es una imagen (HEIC o AVIF).
media-foreign-pdf = Esto es un documento PDF.
media-foreign-windows-program = Esto es un programa de Windows.
media-foreign-program = Esto es un programa.
media-foreign-database = Esto es una base de datos.
media-foreign-web-page = Esto es una página web, no una grabación.
media-foreign-text = Esto es un archivo de texto, no una grabación.
media-unrecognized = No se reconoce el tipo de archivo: puede estar dañado, cifrado o no ser una grabación.

# What can be done about them
media-advice-read-here = Incut lee video en MP4, MOV, WebM y MKV, y audio en MP3, M4A, WAV, FLAC, Ogg, AAC, AIFF y CAF.
media-advice-to-mp4 = Convierte primero el archivo a MP4, por ejemplo con HandBrake o `ffmpeg -i input output.mp4`.
media-advice-to-mp3 = Convierte primero el archivo a MP3 o WAV, por ejemplo con `ffmpeg -i input output.mp3`.
media-advice-unpack = Descomprime el archivo y elige la grabación que contiene.
media-advice-recording = Elige una grabación.
media-advice-fetch = Quizá falló la descarga; vuelve a descargar la grabación.

# Recordings of a kind that is not read
media-other-document = El archivo es un documento EBML de tipo «{ $kind }», no un video.
media-nothing-played = El archivo no tiene imagen ni sonido, solo pistas de otro tipo.
media-protected = La grabación está protegida (DRM): su imagen o su sonido están cifrados y no se puede abrir aquí.
media-compressed-index = El MOV tiene un índice comprimido, un formato de los años 90 que no se lee.
media-compressed-frames = El MKV comprime sus fotogramas una segunda vez, y eso no se lee.
media-wav-coding = El sonido del archivo WAV está codificado como { $coding } (formato { $tag }), que no se lee.
media-wav-bits = El sonido del archivo WAV tiene un número de bits poco común (formato { $tag }), que no se lee.
media-wav-unknown = El sonido del archivo WAV está codificado de una forma que aquí no se conoce (formato { $tag }).
media-aiff-coding = El sonido del archivo AIFF está comprimido como «{ $coding }» con { $bits } bits, que no se lee.
media-caf-coding = El sonido del archivo CAF está codificado como «{ $coding }», que solo se lee dentro de M4A.
media-undecodable = El sonido es { $codec }, que no se puede decodificar aquí.
media-undecodable-unknown = El sonido es de un tipo desconocido, que no se puede decodificar aquí.
media-sample-rates = El sonido a { $from } muestras por segundo no se puede convertir a { $to }.
media-no-such-track = El archivo no tiene la pista { $track }.

# Damaged files
media-no-bytes = El archivo está vacío: no contiene ni un byte.
media-few-bytes = El archivo tiene solo unos bytes, demasiado poco para una grabación.
media-tag-too-large = El archivo empieza con una etiqueta ID3 que dice ser más grande que todo el archivo, y después no hay sonido.
media-no-description = El archivo { $format } no dice cómo está guardado su sonido: está dañado o cortado.
media-impossible-sound = El encabezado del archivo { $format } indica { $channels } canales a { $rate } Hz, y eso no es posible.
media-impossible-sample-size = El encabezado del archivo { $format } indica un tamaño de muestra imposible.
media-no-sample-rate = El archivo { $format } no indica la frecuencia de muestreo de su sonido.
media-no-sound = El archivo { $format } no contiene sonido.
media-sound-missing = El archivo { $format } tiene un encabezado y ningún sonido detrás: se cortó o nunca se terminó de escribir.
media-not-as-named = El archivo se presenta como { $format }, pero no contiene sonido { $format } que se pueda leer.
media-no-known-stream = El archivo Ogg no empieza con ningún flujo conocido.
media-index-too-large = El índice de la grabación está dañado: dice ser más grande de lo posible.
media-index-cut = El índice de la grabación está cortado y no se puede encontrar nada de ella.
media-index-damaged = El índice de la grabación está dañado: no describe ninguna pista con sentido.
media-index-unreadable = No se pudo leer el índice de la grabación.
media-fragment = Esto es un trozo de un MP4 fragmentado sin su encabezado (sin caja moov), así que nada dice cómo reproducirlo.
media-no-index = El MP4 tiene datos de imagen o sonido, pero no índice (sin caja moov): la grabación se cortó antes de terminar o se copió solo una parte.
media-no-recording = El archivo tiene la estructura de un MP4, pero no contiene ninguna grabación (sin caja moov).
media-header-damaged = El encabezado del archivo WebM o MKV está dañado.
media-no-tracks = El archivo no tiene pistas: es probable que la grabación se cortara o no se terminara.
media-recording-missing = El archivo describe una grabación, pero no hay nada de ella: se cortó.
media-no-length = La grabación no tiene duración: es probable que no se terminara.
media-no-such-description = El sonido remite a una descripción que el archivo no tiene.
media-damaged-sound = El sonido en { $at } s está dañado.
media-nothing-decoded = { $packets ->
    [one] El único fragmento de sonido ({ $codec }) no se pudo decodificar: el archivo está dañado.
   *[other] Ninguno de los { $packets } fragmentos de sonido ({ $codec }) se pudo decodificar: el archivo está dañado.
}
media-no-room = No queda espacio para escribir el archivo.
media-io = No se pudo leer o escribir el archivo ({ $detail }).
media-no-sound-track = La grabación no tiene pista de sonido.
media-no-such-sound-track = La grabación no tiene esa pista de sonido.

# What can be done about these
media-advice-other-file = Elige otro archivo o convierte este a MP4.
media-advice-unprotected = Elige una copia sin protección.
media-advice-as-mp4 = Expórtalo de nuevo como MP4.
media-advice-remux = Cambia su contenedor, por ejemplo con `ffmpeg -i input -c copy output.mkv`.
media-advice-plain-wav = Conviértelo a WAV normal o MP3, por ejemplo con `ffmpeg -i input output.wav`.
media-advice-wav = Conviértelo primero a WAV.
media-advice-m4a = Conviértelo primero a M4A o WAV.
media-advice-codecs = Conviértelo primero a AAC, MP3, FLAC o WAV.
media-advice-rates = Expórtalo a 44100 o 48000 Hz.
media-advice-open-again = Vuelve a abrir el archivo.
media-advice-download = Copia o descarga el archivo otra vez.
media-advice-export = Copia o exporta el archivo otra vez.
media-advice-export-sound = Exporta el sonido otra vez.
media-advice-complete = Elige el archivo completo.
media-advice-camera = Cópialo otra vez desde la cámara o el teléfono.
media-advice-room = Libera espacio en el disco y vuelve a intentarlo.
media-advice-moved = Si se movió, se modificó o se desconectó, elígelo de nuevo.
media-advice-with-sound = Elige una grabación con sonido.
media-advice-other-track = Elige otra pista de sonido.

# Clips that cannot be written
media-nothing-encoded = La exportación no tiene imagen ni sonido: no se codificó nada.
media-no-track-wanted = Una exportación necesita una pista de imagen o de sonido.
media-no-picture-track = El archivo que se escribe no tiene pista de imagen.
media-no-audio-track = El archivo que se escribe no tiene pista de sonido.
media-form = El tamaño de la imagen o la forma del sonido no se puede escribir en un MP4.
media-packet-too-large = Un paquete es más grande de lo que cabe en un MP4.
media-order = El codificador entregó imágenes en desorden, o dos con el mismo tiempo.
media-video-config = El codificador no entregó una configuración H.264 utilizable ({ $detail }); el archivo no se podría reproducir.
media-audio-config = El codificador no entregó una configuración AAC; el sonido no se podría reproducir.
media-index-unwritten = No se pudo escribir el índice del MP4 ({ $detail }).
media-advice-export-clip = Exporta el clip otra vez. Si no funciona, recarga la página; tu transcripción se conserva.
