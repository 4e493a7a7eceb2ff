# Which sound track of a file is listened to, where it has several.

tracks-count = { $count ->
    [one] { $count } Tonspur
   *[other] { $count } Tonspuren
}
tracks-which = Welche davon transkribiert und exportiert wird
tracks-all = Alle zusammen
tracks-cannot-be-read = hier nicht lesbar
tracks-moments = In jede kurz hineinhören
tracks-play-moment = Kurz in Tonspur { $number } hineinhören
tracks-stop-moment = Hineinhören in Tonspur { $number } beenden
tracks-silent = Tonspur { $number } ist in den ersten zwei Minuten stumm.
tracks-failed = Tonspur { $number }: { $why }
