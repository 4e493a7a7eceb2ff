# Why a clip was chosen, and what there is to say beside a result: why there are no more clips, and what of the sound was listened to.

## Reasons, one an entry of a list; several in a row stand with a semicolon between them

reasons-chosen = Lo elegiste tú
reasons-opens-question = Empieza con una pregunta
reasons-opens-story = Empieza como una historia
reasons-opens-surprise = Empieza con un contraste o una sorpresa
reasons-opens-claim = Empieza con una afirmación contundente
reasons-opens-you = Se dirige a quien escucha desde la primera frase
reasons-opens-number = Empieza con una cifra
reasons-opens-name = Empieza con un nombre
reasons-sentences = { $count ->
    [1] Una idea completa en una frase
   *[other] Una idea completa: { $count } frases enteras
}
reasons-after-pause = Empieza tras una pausa de { $seconds } s
reasons-new-topic = Empieza donde empieza un tema nuevo
reasons-brisk = Ágil, { $words } palabras por segundo
reasons-as-wanted = Habla de lo que buscas
reasons-reaction-sure = Hay risas o aplausos
reasons-reaction = El público parece reaccionar
reasons-story = Una historia de verdad, no charla trivial
reasons-energy = Más energía que el resto
reasons-dialogue = Una pregunta y su respuesta
reasons-feeling = Cuenta cómo se siente alguien
reasons-one-topic = Se centra en un solo tema
reasons-dense = Denso, casi sin relleno
reasons-names = Concreto: { $count } nombres
reasons-numbers = Concreto: { $count } cifras
reasons-names-and-numbers = Concreto: { $count } nombres y cifras
reasons-clean-end = Termina con un punto y una pausa
reasons-one-piece = { $seconds } segundos sin cortes

## Notes, in sentences

reasons-sentence-after = { $first } { $second }
# The parts are lists of "0:10 to 0:20".
reasons-skipped = Sin transcribir: { $parts }. El modelo de voz falló ahí dos veces; transcribe de nuevo para volver a intentarlo.
reasons-from-to = de { $from } a { $to }
reasons-list = { $first }, { $second }
reasons-no-speech = No se encontró voz, así que no hay nada con lo que hacer clips. Elige un video en el que hable alguien.
reasons-hardly-speech = Apenas se encontró voz, así que no hay nada con lo que hacer clips. Elige un video en el que hable alguien.
# What was tried is one place or several: sound track 2 (AAC, mono), or in sound track 3 (Opus, mono).
reasons-silent = No se encontró voz en { $tried }.
reasons-nearly-silent = Apenas se encontró voz en { $tried }.
reasons-or-in = { $first } ni en { $second }
reasons-undecodable = Este navegador no puede decodificar { $tracks }.
reasons-and = { $first } y { $second }
reasons-choose-speech = Elige un video en el que hable alguien.
reasons-foreign = Esto no suena a inglés, el único idioma que conoce el modelo de voz: la mayoría de las palabras son suposiciones, así que no hay clips. Elige un modelo multilingüe y transcribe de nuevo.
reasons-all-of-it = Solo { $seconds } s de voz: es demasiado poco para elegir, así que esto es todo.
# Somebody asked for a length, on the command line.
reasons-nearest = Ningún pasaje completo tiene la duración pedida; estos son los que más se acercan.
# Nobody asked for one, in the page.
reasons-nearest-usual = Ningún pasaje completo dura lo que debería durar un clip; estos son los que más se acercan.
reasons-few = { $count ->
    [one] Se encontró { $count } clip con la duración pedida.
   *[other] Se encontraron { $count } clips con la duración pedida.
}
reasons-nothing-about = Nada habla claramente de «{ $about }». Esto es lo más cercano.
reasons-listened-elsewhere = En { $usual } apenas habla nadie, así que se escuchó { $instead }.
reasons-cancelled = Los canales se anulan entre sí al mezclarlos, así que solo se escuchó el más fuerte.

## Places of the sound, as they stand within a sentence

reasons-place-all = todas las pistas de audio juntas
reasons-place-track = la pista de audio { $number } ({ $form })
# There is no other.
reasons-place-only = la pista de audio
reasons-place-left = el canal izquierdo de { $track }
reasons-place-right = el canal derecho de { $track }
reasons-place-channel = el canal { $number } de { $track }
reasons-place-any-channel = ningún canal por separado
reasons-form-mono = { $codec }, mono
reasons-form-stereo = { $codec }, estéreo
# The layout is 5.1 or 7.1.
reasons-form-surround = { $codec }, { $layout }
reasons-form-channels = { $codec }, { $count } canales
