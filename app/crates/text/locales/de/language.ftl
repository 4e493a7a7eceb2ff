# The choice of the page's language, in the settings.

language-title = Sprache
language-of-browser = Wie im Browser ({ $name })
language-unreachable = Diese Sprache konnte nicht geladen werden. Stelle eine Verbindung her und wähle sie noch einmal.
