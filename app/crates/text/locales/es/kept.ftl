# What is kept in this browser: the list of projects, whether the open one is saved, how much room it all takes, and deleting it.

# The list on the first page
kept-continue = Continuar
kept-show-all = Ver los { $count }
kept-no-list = No se pueden mostrar tus proyectos: el almacenamiento del navegador no responde. No se cambió nada en él.
kept-projects-here = { $count ->
    [one] Aquí hay { $count } proyecto guardado.
   *[other] Aquí hay { $count } proyectos guardados.
}
kept-forget-oldest = { $count ->
    [one] Eliminar el más antiguo
   *[other] Eliminar los { $count } más antiguos
}
kept-exported = { $count ->
    [one] { $count } exportado
   *[other] { $count } exportados
}
kept-transcribed = { $percent } transcrito
kept-made-by-newer = hecho con un Incut más nuevo
kept-cannot-be-read = no se puede leer aquí
kept-nameless = Un proyecto sin nombre
kept-forget = Eliminar { $name }
kept-save-raw = Guardar datos en bruto
kept-save-raw-of = Guardar tal cual lo que hay de { $name }

# After a project was forgotten
kept-forgot = Se eliminó { $name }.
kept-forgot-exports = { $count ->
    [one] Se eliminaron { $name } y { $count } clip exportado, { $size }.
   *[other] Se eliminaron { $name } y { $count } clips exportados, { $size }.
}
kept-deleted = Eliminado: { $what }.
kept-stayed-open = { $count ->
    [one] Queda un proyecto abierto en otra pestaña. Ciérralo allí primero.
   *[other] Quedan { $count } proyectos abiertos en otra pestaña. Ciérralos allí primero.
}
kept-stayed-unreachable = { $count ->
    [one] Un proyecto no se eliminó: el almacenamiento del navegador no respondió. Vuelve a intentarlo.
   *[other] { $count } proyectos no se eliminaron: el almacenamiento del navegador no respondió. Vuelve a intentarlo.
}
kept-back = { $count ->
    [one] El proyecto está de vuelta.
   *[other] Los proyectos están de vuelta.
}
kept-back-partly = No todo volvió: el almacenamiento del navegador no respondió.

# The open project is not being saved: why, and what to do
kept-not = No se está guardando.
kept-unreachable = El almacenamiento del navegador no responde.
kept-unreachable-advice = Deja abierta esta pestaña: se vuelve a intentar automáticamente y, mientras tanto, todo funciona.
kept-full = El navegador no tiene más espacio.
kept-full-advice = Libera espacio en el disco o elimina modelos de voz o proyectos en Ajustes; después se guarda automáticamente.
kept-changed = Otra pestaña cambió este proyecto desde que se abrió aquí.
kept-changed-advice = Elige qué versión conservar.
kept-take-stored = Usar la versión de la otra pestaña
kept-insist = Conservar esta versión
kept-forgotten = Este proyecto se eliminó en otra pestaña.
kept-forgotten-advice = Cierra el video o vuelve a guardar el proyecto.
kept-keep-again = Guardarlo otra vez
kept-unreadable = Lo que ya estaba guardado de este archivo no se puede leer aquí y no se sobrescribe.
kept-unreadable-advice = Guárdalo tal cual si crees que lo necesitarás y luego guarda este proyecto en su lugar.
kept-replace = Guardar este en su lugar
kept-left-behind = Los últimos cambios de { $name } no se guardaron.
kept-left-behind-advice = Deja abierta esta pestaña y vuelve a intentarlo.
kept-elsewhere = Este proyecto está abierto en otra pestaña. Aquí se puede ver, pero no cambiar.
kept-newer = Este proyecto se hizo con un Incut más nuevo. Aquí solo se muestra y queda como está; recarga la página para tener la versión nueva.
kept-take-over = Trabajar en él aquí
kept-at-work-elsewhere = La otra pestaña sigue trabajando en él. Vuelve a intentarlo cuando termine.

# In the settings: how much is stored, and deleting it
kept-stored = Guardado en este navegador
kept-used = { $used } de { $allowed }.
kept-promised = El navegador prometió no borrarlo por su cuenta.
kept-may-be-cleared = El navegador podría borrarlo si se llena el disco.
kept-unsaid = El navegador no dijo si lo conserva.
kept-close-first = Para eliminar solo proyectos o modelos, cierra primero el video abierto.
kept-delete-projects = Eliminar proyectos y clips
kept-delete-models = Eliminar modelos de voz
kept-delete = Eliminar
kept-delete-question = ¿Eliminar { $what }?
kept-with-exports = { $name }, con { $exports }
kept-model-files = { $count ->
    [one] { $count } archivo de modelo, { $size }
   *[other] { $count } archivos de modelo, { $size }
}
kept-delete-models-question = ¿Eliminar { $what }? Se descargan otra vez cuando abras un video.
kept-models-deleted = Eliminado: { $what }. Se descargan otra vez cuando abras un video.
kept-models-stay = Los modelos se quedan: otra pestaña los está descargando.
kept-models-partly = No se pudieron eliminar todos los modelos. Cierra las otras pestañas de Incut y vuelve a intentarlo.
kept-erase = Borrar todo
kept-erase-question = ¿Borrar todo y cerrar? Esto no se puede deshacer.
kept-erase-and-close = Borrar todo y cerrar
kept-keep-everything = Conservar todo
