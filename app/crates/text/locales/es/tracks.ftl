# Which sound track of a file is listened to, where it has several.

tracks-count = { $count ->
    [one] { $count } pista de audio
   *[other] { $count } pistas de audio
}
tracks-which = Cuál de ellas se transcribe y se exporta
tracks-all = Todas juntas
tracks-cannot-be-read = no se puede leer aquí
tracks-moments = Escuchar un momento de cada una
tracks-play-moment = Escuchar un momento de la pista { $number }
tracks-stop-moment = Detener el momento de la pista { $number }
tracks-silent = La pista { $number } está en silencio los dos primeros minutos.
tracks-failed = Pista { $number }: { $why }
