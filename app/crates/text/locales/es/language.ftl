# The choice of the page's language, in the settings.

language-title = Idioma
language-of-browser = Como en el navegador ({ $name })
language-unreachable = No se pudo cargar este idioma. Conéctate a la red y elígelo otra vez.
