# What went wrong, and what to do about it.

failure-nothing-heard = Diesmal wurden keine Wörter gefunden.
failure-nothing-heard-advice = Dein Transkript und deine Clips sind, wie sie waren. Versuche es mit einer anderen Sprache oder einem anderen Modell.
