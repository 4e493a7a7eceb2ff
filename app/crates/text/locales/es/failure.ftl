# What went wrong, and what to do about it.

failure-both = { $first } { $second }

# The file that was opened
failure-undecodable-sound = El sonido de este archivo es { $codec }, que este navegador no puede decodificar.
failure-undecodable-sound-unknown = El sonido de este archivo es de un tipo desconocido, que este navegador no puede decodificar.
failure-undecodable-sounds = Este navegador no puede decodificar ninguna de las { $count } pistas de sonido de este archivo ({ $forms }).
failure-forms = { $first }; { $second }
failure-advice-sound-codec = Convierte el archivo para que su sonido sea AAC, MP3 u Opus.
failure-undecodable-picture = La imagen de este archivo es { $codec }, que este navegador no puede decodificar.
failure-undecodable-picture-unknown = La imagen de este archivo es de un tipo desconocido, que este navegador no puede decodificar.
failure-advice-picture-codec = Convierte el video a H.264 (en un iPhone: Configuración › Cámara › Formatos › Más compatible) o prueba con otro navegador.
failure-no-sound = Este archivo no tiene sonido, así que no hay nada que transcribir ni clips que encontrar.
failure-advice-with-speech = Elige un video en el que alguien hable, o exporta este otra vez con su sonido.
failure-impossible-sound = El sonido dice tener { $rate } muestras por segundo en { $channels } canales.
failure-advice-from-source = El archivo está dañado; conviértelo o expórtalo otra vez desde el original.
failure-damaged-picture = La imagen de este archivo está dañada en demasiados lugares. { $why }
failure-unpaintable-picture = No se puede mostrar una imagen de este video ({ $detail }).
failure-advice-fresh-mp4 = Convierte el video a un MP4 nuevo y ábrelo.
failure-no-picture-here = No se pudo decodificar ninguna imagen en este lugar del archivo.
failure-advice-move-clip = Mueve el clip o convierte el video a un MP4 nuevo.
failure-nothing-heard = Esta vez no se encontraron palabras.
failure-advice-nothing-heard = Tu transcripción y tus clips están como antes. Prueba con otro idioma u otro modelo.
failure-no-sample = No se pudo descargar el ejemplo.
failure-advice-sample = Conéctate a la red y vuelve a intentarlo, o elige un video tuyo.

# The clip that is written
failure-no-room-for-clip = El navegador ya no tiene espacio para este clip.
failure-advice-room-for-clip = Libera espacio en el disco o borra modelos y proyectos guardados en Ajustes, y exporta otra vez.
failure-no-encoder = Este navegador no puede codificar H.264 a { $width }×{ $height }.
failure-advice-export-elsewhere = Usa una versión actual de Chrome o Edge para exportar; tu transcripción y tus clips se conservan.

# Models
failure-unknown-model = Aquí no hay ningún modelo llamado «{ $id }».
failure-advice-other-model = Elige otro en Ajustes.
failure-no-model-list = La lista de modelos de voz aún no está en este dispositivo y no se pudo descargar.
failure-no-model = El modelo de voz aún no está en este dispositivo y no se pudo descargar.
failure-no-model-file = Una parte del modelo de voz ({ $file }) aún no está en este dispositivo y no se pudo descargar.
failure-advice-connect-once = Conéctate una vez a la dirección desde la que abriste Incut y recarga; después funciona sin red.
failure-no-embedding-models = Los modelos de voces y temas no están en este servidor.
failure-advice-by-words = Los clips se siguen eligiendo por las palabras; quien administra el servidor puede añadir los modelos.
failure-no-face-model = El modelo que encuentra caras no está en este servidor.
failure-advice-frame-by-hand = Puedes mover el encuadre a mano; quien administra el servidor puede añadir el modelo.
failure-model-damaged = El modelo guardado está dañado ({ $file } no coincide con su suma de comprobación).
failure-advice-fetch-again = Conéctate una vez a la dirección desde la que abriste Incut y recarga la página: se descarga otra vez.
failure-model-mismatch = El servidor envió un archivo distinto del que indica su lista de modelos ({ $file }).
failure-advice-export-models = Recarga la página para reintentar; si sigue igual, quien administra el servidor tiene que exportar los modelos de nuevo.
failure-model-failed = Falló un modelo ({ $detail }).
failure-advice-delete-models = Inténtalo otra vez; si sigue igual, borra los modelos guardados en Ajustes y recarga la página.
failure-gpu-stopped = El procesador gráfico dejó de funcionar.
failure-advice-cpu-if-again = Inténtalo otra vez; si sigue igual, elige la CPU en Ajustes: funciona en todas partes.
failure-gpu-unusable = No se pudo usar el procesador gráfico.
failure-advice-cpu = Elige la CPU en Ajustes: funciona en todas partes.

# The engine and its workers
failure-worker-stopped = Un worker se detuvo a mitad de su tarea.
failure-worker-memory = Un worker no recibió más memoria del navegador.
failure-no-workers-left = La transcripción se detuvo: el navegador cerró los workers una y otra vez, probablemente por falta de memoria.
failure-advice-close-other-tabs = Cierra otras pestañas y continúa; lo transcrito hasta aquí se conserva.
failure-no-engine = No se pudo iniciar la parte de Incut que hace el trabajo.
failure-advice-current-browser = Recarga la página. Si eso no ayuda, usa una versión actual de Chrome, Edge, Safari o Firefox.
failure-engine-stopped = La parte de Incut que hace el trabajo se detuvo de forma inesperada. Tu transcripción hasta aquí está guardada.
failure-advice-go-on = Pulsa «Reintentar» para seguir.
failure-engine-memory = Esta pestaña se quedó sin memoria. Tu transcripción hasta aquí está guardada.
failure-advice-smaller-model = Cierra otras pestañas y pulsa «Reintentar», o elige un modelo de voz más pequeño en Ajustes.
failure-misunderstood = La página y su motor no se entendieron ({ $detail }).
failure-advice-older-page = Recarga la página: puede ser más antigua que su motor.
failure-cancelled = Detenido.
failure-advice-cancelled = Lo hecho hasta aquí se conserva.
failure-internal = Incut cometió un error: { $detail }.
failure-advice-reload = Recarga la página e inténtalo otra vez; tu transcripción se conserva.

# What keeps the page from working
failure-no-codecs = Este navegador no puede decodificar ni codificar video por sí mismo (falta WebCodecs).
failure-no-storage = Este navegador no da a las páginas un almacenamiento de archivos propio, o esta es una ventana privada que no lo tiene.
failure-no-workers = Este navegador no puede trabajar ni dibujar en segundo plano.
failure-advice-other-browser = Abre Incut en una versión actual de Chrome, Edge, Safari 26 o Firefox, por https o en esta computadora.
failure-mixed-builds = Esta página y lo que hay de Incut guardado en este navegador son de versiones distintas.
failure-advice-close-tabs = Cierra todas las pestañas de Incut y vuelve a abrirlo.
failure-page-incomplete = No se pudo cargar una parte de esta página.
failure-advice-goes-on-trying = Incut lo sigue intentando. Comprueba tu conexión o recarga la página.

# The browser, while it was at one of those below
failure-no-room = El navegador ya no tiene espacio para { $doing }.
failure-advice-room = Libera espacio en el disco o borra modelos y proyectos guardados en Ajustes, y vuelve a intentarlo.
failure-taken-back = El navegador retiró sus códecs de video y sonido al { $doing }.
failure-advice-front = Trae esta pestaña al frente e inténtalo otra vez; lo hecho hasta aquí se conserva.
failure-not-supported = Este navegador no puede hacer esto: { $doing } ({ $detail }).
failure-advice-chrome-or-mp4 = Prueba con una versión actual de Chrome o Edge, o convierte el archivo a MP4 (H.264 y AAC).
failure-file-gone = El archivo ya no se pudo leer al { $doing } ({ $detail }).
failure-advice-moved = Si se movió, cambió o desconectó, elígelo otra vez.
failure-browser = El navegador informó de un error al { $doing }: { $detail }.
failure-advice-try-again = Inténtalo otra vez; si sigue igual, recarga la página. Lo hecho se conserva.

# What the browser was at, as it stands within the sentences above
failure-doing-ask-for-encoder = consultar el codificador H.264
failure-doing-start-encoder = iniciar el codificador H.264
failure-doing-hand-over-picture = entregar una imagen
failure-doing-encode-picture = codificar la imagen
failure-doing-finish-picture = terminar la imagen
failure-doing-read-encoded-picture = leer la imagen codificada
failure-doing-ask-for-picture-decoder = consultar si la imagen se puede decodificar
failure-doing-start-picture-decoder = iniciar el decodificador de imagen
failure-doing-decode-picture = decodificar la imagen
failure-doing-read-picture = leer una imagen decodificada
failure-doing-start-sound-decoder = iniciar el decodificador de sonido
failure-doing-decode-sound = decodificar el sonido
failure-doing-read-sound = leer el sonido decodificado
failure-doing-start-worker = iniciar un worker
failure-doing-hand-over-work = pasar trabajo a un worker
failure-doing-open-storage = abrir su almacenamiento
failure-doing-read-storage = leer su almacenamiento
failure-doing-write-storage = escribir en su almacenamiento
failure-doing-name-file = dar nombre a un archivo terminado
failure-doing-store-model-list = guardar la lista de modelos
failure-doing-store-model = guardar el modelo de voz
failure-doing-store-fonts = guardar las fuentes
failure-doing-read-font = leer una fuente
failure-doing-draw-still = dibujar una imagen fija
failure-doing-draw-caption = dibujar el subtítulo
failure-doing-show-preview = mostrar la vista previa
