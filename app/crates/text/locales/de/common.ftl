# Words that several rooms of the page say.

common-close = Schließen
common-undo = Rückgängig
