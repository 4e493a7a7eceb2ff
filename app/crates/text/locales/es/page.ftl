# The page as a whole: its frame and top line, and the count of requests.

page-title = Incut: entra un video largo, salen clips cortos
page-skip = Saltar al contenido
page-files = Archivos de video o audio
page-clips-from = Clips de { $name }
page-tools = Preparando las herramientas…
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
