# What went wrong, and what to do about it.

failure-nothing-heard = Esta vez no se encontraron palabras.
failure-nothing-heard-advice = Tu transcripción y tus clips están como antes. Prueba con otro idioma u otro modelo.
