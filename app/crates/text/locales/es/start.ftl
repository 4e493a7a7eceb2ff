# The page without a video: what Incut does, where to drop one, and a project that waits for its file.

start-title-long = Entra un video largo.
start-title-short = Salen clips cortos.
start-promise = Incut escucha tu video, encuentra los momentos que vale la pena compartir y los convierte en clips verticales con subtítulos.
start-promise-private = Tu video nunca sale de esta pestaña.
start-choose-video = Elegir un video
start-drop = o suéltalo en cualquier parte de esta página
start-sample-question = ¿No tienes un video a mano?
start-sample = Prueba con un ejemplo
start-sample-note = una charla corta leída por una computadora

# Three facts below
start-private = No se sube nada.
start-private-more = No hay cuenta ni servidor que pueda ver tu video.
start-offline = Funciona sin conexión.
start-offline-more = Incut está guardado en este navegador y se abre sin red.
start-local = Funciona en este dispositivo.
start-local-more = Las transcripciones y los clips se hacen aquí, no en un servidor.
start-yours = Tú decides.
start-yours-more = Cada clip dice por qué se eligió, y cada corte se puede mover y deshacer.

# After everything was erased
start-erased = Borrado de este navegador
start-erased-whole = Ya no queda nada de Incut en este navegador, ni siquiera esta lista. La próxima visita empieza de cero.
start-erased-partly = Algo no se pudo borrar: cierra todas las demás pestañas de Incut y borra otra vez.

# A project whose file has to be chosen again; the name is shown in bold
start-expected = Elige { $name } otra vez para continuar. El navegador conserva tus clips y tu transcripción, no el video.
start-expected-choose = Elegir el archivo
start-expected-later = Ahora no
start-mismatch = { $chosen } ({ $size }) no coincide con el video de este proyecto, { $expected } ({ $expected_size }).
start-mismatch-namesake = Tiene el mismo nombre y tamaño, pero otro contenido.
start-mismatch-again = Elegir otra vez
start-mismatch-new = Abrirlo como un video nuevo
start-renamed = Mismo contenido, nombre nuevo. Se continúa con { $before }.
