# Several files: those that are worked off one after another, and the question that a file asks which comes while another is worked on.

queue-label = Cola
queue-add = ¿Agregar { $name } a la cola?
queue-add-many = { $count ->
    [one] ¿Agregar { $count } video a la cola?
   *[other] ¿Agregar { $count } videos a la cola?
}
queue-not-done = { $open } aún no está listo.
queue-add-now = Agregar a la cola
queue-open-now = { $count ->
    [one] Abrirlo ahora
   *[other] Abrirlos ahora
}
queue-never = No abrir
queue-now-stops = «{ $button }» detiene { $open }. Lo transcrito hasta ahora queda guardado.
queue-is-open = { $name } ya está abierto.
queue-is-waiting = { $name } está en la cola

# The list
queue-start-now = Empezar ahora
queue-start-next = Empezar el siguiente
queue-wait = Esperar
queue-entry-done = Listo
queue-entry-now = Ahora
queue-entry-waiting = En espera
queue-remove = Quitar { $name } de la cola
queue-open-again = Abrir { $name } otra vez

# How far they are. Where some could not be opened, that is said as well.
queue-at = Video { $number } de { $count }{ $failed ->
    [0] { "" }
   *[other] , { $failed } sin abrir
}
queue-waiting = { $count ->
    [one] { $count } video en espera
   *[other] { $count } videos en espera
}
queue-done = { $count ->
    [one] { $count } video listo
   *[other] { $count } videos listos
}
queue-partly-done = { $count ->
    [one] { $done } de { $count } video listo
   *[other] { $done } de { $count } videos listos
}{ $failed ->
    [0] { "" }
   *[other] , { $failed } sin abrir
}

# What comes next
queue-next-soon = El próximo video empieza enseguida.
queue-next-asked = El próximo video espera hasta que lo inicies.
