# The page as a whole: its frame and top line, the count of requests, and what keeps it from working.

page-title = Incut: entra un video largo, salen clips cortos
page-skip = Saltar al contenido
page-files = Archivos de video o audio
page-clips-from = Clips de { $name }
page-video = Video
page-clips = Clips
page-drop = Suéltalo donde quieras

# The top line
page-start = Incut, página de inicio
page-close-video = Cerrar este video
page-install = Instalar
page-works-offline = Funciona sin conexión
page-is-offline = Sin conexión, todo funciona
page-offline-why = La página y el modelo de voz están guardados en este navegador y se comprobaron.
page-update = Recargar y actualizar
page-update-is-here = Hay un Incut más nuevo
page-update-waits = Disponible cuando esto termine
page-update-refused = Otra pestaña está trabajando

# What was asked of servers; a number follows the first two
page-requests-since = Peticiones desde que se abrió tu archivo:
page-requests = Peticiones:
page-requests-none = No se pidió nada a ningún servidor desde que se abrió tu archivo.
page-requests-told = Desde que se abrió tu archivo: { $what }.
page-requests-counted = Se cuenta lo que esta página, sus workers y su service worker piden a cualquier servidor. No se cuenta lo que el navegador pide por su cuenta, ni sus extensiones.
page-requests-models = { $count ->
    [one] { $count } archivo de modelo
   *[other] { $count } archivos de modelo
}
page-requests-fonts = { $count ->
    [one] { $count } fuente
   *[other] { $count } fuentes
}
page-requests-icons = { $count ->
    [one] { $count } icono
   *[other] { $count } iconos
}
page-requests-pages = { $count ->
    [one] { $count } archivo de la página
   *[other] { $count } archivos de la página
}
page-requests-nothing-sent = nada enviado
page-requests-unexpected = { $count ->
    [one] { $count } inesperada
   *[other] { $count } inesperadas
}

# What to do about something that went wrong
page-use-cpu = Usar la CPU
page-choose-another = Elegir otro archivo
page-close-message = Cerrar este mensaje

# What keeps the page from working, and what to do
page-no-codecs = Este navegador no puede decodificar ni codificar video por sí mismo (falta WebCodecs).
page-no-storage = Este navegador no da a las páginas un almacenamiento de archivos propio, o esta es una ventana privada que no lo tiene.
page-no-workers = Este navegador no puede trabajar ni dibujar en segundo plano.
page-other-browser = Abre Incut en una versión actual de Chrome, Edge, Safari 26 o Firefox, por https o en esta computadora.
page-mixed-builds = Esta página y lo que hay de Incut guardado en este navegador son de versiones distintas.
page-mixed-builds-advice = Cierra todas las pestañas de Incut y vuelve a abrirlo.
page-no-engine = No se pudo iniciar la parte de Incut que hace el trabajo.
page-no-engine-advice = Recarga la página. Si eso no ayuda, usa una versión actual de Chrome, Edge, Safari o Firefox.
page-engine-stopped = La parte de Incut que hace el trabajo se detuvo de forma inesperada. Tu transcripción hasta aquí está guardada.
page-engine-stopped-advice = Pulsa «Reintentar» para seguir.
page-out-of-memory = Esta pestaña se quedó sin memoria. Tu transcripción hasta aquí está guardada.
page-out-of-memory-advice = Cierra otras pestañas y pulsa «Reintentar», o elige un modelo de voz más pequeño en Ajustes.
page-misunderstood = La página y su motor no se entendieron ({ $detail }).
page-misunderstood-advice = Recarga la página: puede ser más antigua que su motor.
