# Words that several rooms of the page say.

common-close = Close
common-undo = Undo
