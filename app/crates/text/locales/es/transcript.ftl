# The transcript: its text, finding in it, who speaks, and how speech is written down.

## The text

transcript-title = Transcripción
transcript-label = Palabras habladas. Las flechas van de línea en línea y de palabra en palabra; Intro salta a ese punto del video. Mayús y las flechas seleccionan palabras para un clip propio.
transcript-opening = Abriendo…
transcript-first-words = Transcribiendo. Las primeras palabras aparecen enseguida.
transcript-no-words = No hay palabras.
transcript-follow = Seguir el texto
transcript-new-clip = Nuevo clip con estas palabras
transcript-go-to = Ir a { $position }

## Finding

transcript-find = Buscar en la transcripción
transcript-find-label = Buscar en la transcripción. Intro va al siguiente resultado; Mayús e Intro, al anterior
transcript-find-none = Ninguno
transcript-find-count = { $number } de { $count }
transcript-find-previous = Resultado anterior
transcript-find-previous-hint = Anterior (Mayús+Intro)
transcript-find-next = Resultado siguiente
transcript-find-next-hint = Siguiente (Intro)
transcript-meaning = Por sentido
transcript-meaning-hint = Frases que significan lo mismo, con las palabras que sean
transcript-meaning-nearest = Lo más cercano a «{ $text }»
transcript-meaning-failed = No se pudo buscar «{ $text }». { $why }
transcript-meaning-looking = Buscando «{ $text }»…
transcript-meaning-close = Cerrar los resultados por sentido

## Who speaks

transcript-speaker-numbered = Hablante { $number }
transcript-speaker-tag = Habla { $name }. Cambiar quién es
transcript-speaker-question = ¿Quién habla aquí?
transcript-speaker-name = Nombre (en todas partes)
transcript-speaker-rename = Renombrar
transcript-speaker-same = Es la misma persona que…
transcript-speaker-same-as = { $name } es la misma persona que { $other }
transcript-speaker-turn = Aquí habla…
transcript-speaker-from-here = { $name } habla desde aquí
transcript-speaker-new = Otra persona
transcript-speaker-new-from-here = Otra persona habla desde aquí

## How speech is written down

transcript-language = Idioma
transcript-language-detect = Detectar automáticamente
transcript-language-detected = Detectado: { $language }
transcript-english-instead = Solo en inglés
transcript-english-as-well = También en inglés
transcript-english-as-well-hint = Traduce el modelo de voz. Tu transcripción y tus clips quedan como están.
transcript-captions = Subtítulos en
transcript-captions-hint = En todos los clips de este video. El modelo de voz traduce al inglés.
transcript-captions-are-in = Subtítulos en { $language }
transcript-names = Nombres
# Names apart by commas.
transcript-names-example = Anna Bergström, Leptos, …
transcript-names-hint = Personas, marcas y términos técnicos de este video, escritos como los quieres en la transcripción
transcript-again = Volver a transcribir
transcript-again-hint = Tu transcripción y tus clips se quedan hasta que la nueva esté completa
transcript-clips-stay = Los clips quedan como están
# Stands for the name of a speech model that is not known.
transcript-new-model = El nuevo modelo

## Languages that browsers may have no name for

transcript-bashkir = baskir
transcript-cantonese = cantonés
transcript-hawaiian = hawaiano
transcript-javanese = javanés
transcript-lingala = lingala
transcript-occitan = occitano
transcript-tibetan = tibetano
transcript-turkmen = turcomano
