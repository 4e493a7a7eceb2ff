# Words that several rooms of the page say.

common-cancel = Cancelar
common-clip-number = Clip { $number }
common-clips = { $count ->
    [one] { $count } clip
   *[other] { $count } clips
}
common-close = Cerrar
# Between the parts of a list.
common-comma = { ", " }
common-copied = Copiado
common-copied-not = No se pudo copiar
common-copy = Copiar
common-keep = Conservar
# As it stands on the keys.
common-key-redo = Ctrl+Mayús+Z
common-key-undo = Ctrl+Z
common-pause = Pausar
common-play = Reproducir
common-save = Guardar
common-see-stored = Ver lo guardado
common-settings = Ajustes
common-stopping = Deteniendo
common-the-clip = El clip
common-try-again = Reintentar
common-undo = Deshacer
# What a button does, and the keys for it.
common-with-keys = { $act } ({ $keys })
