# Several files: those that are worked off one after another, and the question that a file asks which comes while another is worked on.

queue-label = Warteschlange
queue-add = { $name } in die Warteschlange stellen?
queue-add-many = { $count ->
    [one] { $count } Video in die Warteschlange stellen?
   *[other] { $count } Videos in die Warteschlange stellen?
}
queue-not-done = { $open } ist noch nicht fertig.
queue-add-now = In die Warteschlange
queue-open-now = { $count ->
   *[other] Jetzt öffnen
}
queue-never = Nicht öffnen
queue-now-stops = „{ $button }“ hält { $open } an. Was davon schon transkribiert ist, bleibt gespeichert.
queue-is-open = { $name } ist schon offen.
queue-is-waiting = { $name } ist in der Warteschlange

# The list
queue-start-now = Jetzt starten
queue-start-next = Das nächste jetzt starten
queue-wait = Warten
queue-entry-done = Fertig
queue-entry-now = Jetzt
queue-entry-waiting = Wartet
queue-remove = { $name } aus der Warteschlange nehmen
queue-open-again = { $name } noch einmal öffnen

# How far they are. Where some could not be opened, that is said as well.
queue-at = Video { $number } von { $count }{ $failed ->
    [0] { "" }
   *[other] , { $failed } nicht geöffnet
}
queue-waiting = { $count ->
    [one] { $count } Video wartet
   *[other] { $count } Videos warten
}
queue-done = { $count ->
    [one] { $count } Video fertig
   *[other] { $count } Videos fertig
}
queue-partly-done = { $done } von { $count ->
    [one] { $count } Video
   *[other] { $count } Videos
} fertig{ $failed ->
    [0] { "" }
   *[other] , { $failed } nicht geöffnet
}

# What comes next
queue-next-soon = Das nächste Video beginnt gleich.
queue-next-asked = Das nächste Video wartet, bis du es startest.
