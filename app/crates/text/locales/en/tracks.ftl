# Which sound track of a file is listened to, where it has several.

tracks-count = { $count ->
    [one] { $count } sound track
   *[other] { $count } sound tracks
}
tracks-which = Which of them is transcribed and exported
tracks-all = All together
tracks-cannot-be-read = cannot be read here
tracks-moments = Listen to a moment of each
tracks-play-moment = Play a moment of track { $number }
tracks-stop-moment = Stop a moment of track { $number }
tracks-silent = Track { $number } is silent for its first two minutes.
tracks-failed = Track { $number }: { $why }
