# Words that several rooms of the page say.

common-close = Cerrar
common-undo = Deshacer
