# The editor of one clip: its preview, its words, what was written about it, and what can be changed about it.

## The frame of the editor

editor-heading = Clip { $number } de { $count }
editor-previous = Clip anterior
editor-next = Clip siguiente
editor-close = Cerrar el editor
editor-preview = El clip tal como se verá
editor-export = Exportar este clip

## The preview's controls

editor-position = Posición en el clip
# Times, as a screen reader says them.
editor-position-of = { $at } de { $length }

## What can be changed

editor-title = Título
editor-trim = Recortar
# Brackets with a space on each side are shown as keys.
editor-trim-keys = Atajos: [ ] inicio, {"{"} {"}"} final, palabra por palabra
editor-start = Inicio
editor-start-sentence-earlier = Inicio una frase antes
editor-start-word-earlier = Inicio una palabra antes
editor-start-word-later = Inicio una palabra después
editor-start-sentence-later = Inicio una frase después
editor-end = Final
editor-end-sentence-earlier = Final una frase antes
editor-end-word-earlier = Final una palabra antes
editor-end-word-later = Final una palabra después
editor-end-sentence-later = Final una frase después
editor-captions = Subtítulos
editor-captions-bold = Negrita
editor-captions-plate = Con fondo
editor-captions-off = No
editor-labels = Quién habla, en los subtítulos
editor-labels-off = No
editor-labels-colors = Colores
editor-labels-names = Nombres
editor-labels-note = En todos los clips de este video. Los nombres se cambian en la transcripción.
editor-shape = Formato
editor-shape-upright = Vertical, { $ratio }
editor-shape-portrait = Retrato, { $ratio }
editor-shape-square = Cuadrado, { $ratio }
editor-shape-wide = Panorámico, { $ratio }
editor-shape-note = Para todos los clips de este vídeo.
editor-framing = Encuadre
editor-framing-left = Izquierda
editor-framing-right = Derecha
editor-framing-position = Posición horizontal del encuadre
editor-framing-automatic = Automático
editor-framing-by-hand = A mano
editor-faces-finding = Buscando caras
editor-faces-cancel = Cancelar la búsqueda de caras
editor-faces-failed = No se pudieron buscar caras. { $why }
editor-faces-stopped = Detenido. Se muestra el centro de la imagen.
editor-aim-face = { $count ->
    [one] Se queda en una cara en 1 plano.
   *[other] Se queda en una cara en { $count } planos.
}
editor-aim-moving-face = { $count ->
    [one] Sigue una cara en 1 plano.
   *[other] Sigue una cara en { $count } planos.
}
editor-aim-faces = { $count ->
    [one] Muestra varias caras juntas en 1 plano.
   *[other] Muestra varias caras juntas en { $count } planos.
}
editor-aim-split = { $count ->
    [one] Muestra cada cara en su sitio en 1 plano.
   *[other] Muestra cada cara en su sitio en { $count } planos.
}
editor-aim-motion = { $count ->
    [one] Sin caras en 1 plano: muestra lo que se mueve.
   *[other] Sin caras en { $count } planos: muestra lo que se mueve.
}
editor-aim-middle = { $count ->
    [one] Sin caras en 1 plano: muestra el centro.
   *[other] Sin caras en { $count } planos: muestra el centro.
}
editor-why = Por qué este momento

## The words of the clip

editor-words = Palabras
editor-words-length = { $played } se oyen, { $cut } fuera
# A word that is struck through.
editor-words-out = { $word }, cortada
editor-words-cut = Cortar
editor-words-split = Dividir aquí
editor-correct = Corregir
editor-words-back = Recuperar
editor-words-note = Selecciona palabras y corrígelas, córtalas o divide el clip antes de ellas. Pulsa una palabra tachada para recuperarla.
editor-words-split-short = Las dos partes tienen que durar al menos un segundo.
editor-words-no-time = No se encontró un sonido propio de esa palabra.
editor-words-too-short = Debe quedar al menos un segundo. Para quitar el clip entero, pulsa «Omitir».
editor-correct-question = ¿Qué se dijo en realidad?
editor-correct-done = Corregir
editor-correct-note = Los subtítulos, los títulos y la búsqueda cambian también. El sonido se queda igual.
editor-correct-elsewhere = { $count ->
    [one] Se oyó lo mismo en 1 lugar más.
   *[other] Se oyó lo mismo en { $count } lugares más.
}
editor-correct-more = Corregir también ahí

## Pauses and filler words

editor-pauses = Pausas
editor-pauses-natural = Natural
editor-pauses-tight = Ágil
editor-pauses-fast = Rápido
editor-pauses-shorten = Acortar pausas
editor-pauses-back = Recuperar las pausas
editor-pauses-found = { $count ->
    [one] 1 pausa puede durar { $seconds } s menos. La respiración y las risas se quedan.
   *[other] { $count } pausas pueden durar { $seconds } s menos en total. La respiración y las risas se quedan.
}
editor-pauses-none = Ninguna pausa dura más de { $seconds } s.
editor-fillers-cut = Cortar muletillas
editor-fillers = { $count ->
    [one] 1 muletilla: { $words }
   *[other] { $count } muletillas: { $words }
}

## What was written about the clip

editor-texts = Título y publicación
editor-texts-title = Título
editor-texts-hook = Gancho
editor-texts-summary = Resumen
editor-texts-post = Publicación
editor-texts-hashtags = Hashtags
editor-texts-copy-title = Copiar: título
editor-texts-copy-hook = Copiar: gancho
editor-texts-copy-summary = Copiar: resumen
editor-texts-copy-post = Copiar: publicación
editor-texts-copy-hashtags = Copiar: hashtags
editor-texts-use-title = Usar como título
editor-texts-used = Listo
editor-texts-write = Escribir
editor-texts-rewrite = Reescribir
editor-texts-writing = Escribiendo…
editor-texts-by-model = Borrador de IA, cotejado con la transcripción
editor-texts-by-choice = Elegido por IA, literal
editor-texts-by-rules = Automático
editor-texts-refused = { $count ->
    [one] { $count } borrador no coincidía con la transcripción y se descartó.
   *[other] { $count } borradores no coincidían con la transcripción y se descartaron.
}
editor-texts-unfit = { $count ->
    [one] { $count } borrador estaba incompleto o era demasiado largo y se descartó.
   *[other] { $count } borradores estaban incompletos o eran demasiado largos y se descartaron.
}
editor-texts-stopped = El modelo de lenguaje se detuvo antes de terminar. { $why }

## Told to those who do not see it

editor-told-start = Inicio { $at }, { $words }
editor-told-end = Final { $at }, { $words }
editor-told-cut = Cortado: «{ $words }». Quedan { $length }
editor-told-back = Recuperado: «{ $words }». Ahora { $length }
editor-told-split = Dividido en dos. El resto es ahora el clip { $number }
editor-told-corrected = Corregido: «{ $text }»
editor-told-corrected-more = { $count ->
    [one] Corregido en 1 lugar más
   *[other] Corregido en { $count } lugares más
}
editor-told-pauses = { $count ->
    [one] 1 pausa más corta. Quedan { $length }
   *[other] { $count } pausas más cortas. Quedan { $length }
}
editor-told-pauses-back = Las pausas están de vuelta. Ahora { $length }
editor-told-captions-bold = Subtítulos: en negrita
editor-told-captions-plate = Subtítulos: con fondo
editor-told-captions-off = Sin subtítulos
