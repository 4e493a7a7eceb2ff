# Settings, and the list of keyboard shortcuts.

settings-title = Ajustes
settings-close = Cerrar los ajustes

## Models

settings-model-english = { $name }, solo inglés
settings-model = Modelo de voz
settings-model-unknown = No se pudo leer la lista; se usa el modelo guardado.
settings-model-note = Los modelos más grandes entienden mejor y tardan más. Cada uno se descarga una sola vez; el actual sigue en uso hasta que el nuevo esté listo.
settings-writer = Títulos y publicaciones
settings-writer-rules = Elegir de la transcripción
settings-writer-model = { $title }, { $size }, una sola descarga
settings-writer-note = Quién escribe los títulos y las publicaciones de los clips. El modelo de lenguaje también funciona en esta pestaña, y sus borradores se comprueban con la transcripción.

## Where models run

settings-device = Ejecutar en
settings-device-auto = Automático
settings-device-cpu = CPU
settings-device-gpu = GPU
settings-no-webgpu = Este navegador no tiene WebGPU: se usa la CPU.
settings-webgpu-failed = WebGPU no funcionó aquí: se usa la CPU.

## Clips and taste

settings-clips = Cantidad de clips sugeridos
settings-taste = Tus gustos
settings-taste-learned = { $count ->
    [0] Aún no se ha aprendido nada: conserva u omite clips y las próximas selecciones lo tendrán en cuenta.
    [one] Aprendido de { $count } clip que conservaste u omitiste.
   *[other] Aprendido de { $count } clips que conservaste u omitiste.
}
settings-taste-reset = Restablecer
settings-taste-reset-label = Restablecer lo que Incut ha aprendido

## The page

settings-shortcuts = Atajos
settings-install = Instalar Incut
settings-theme = Apariencia
settings-theme-system = Sistema
settings-theme-light = Claro
settings-theme-dark = Oscuro

## Privacy

settings-private = Qué se mantiene en privado
settings-private-text = Todo. Tu video, su sonido, la transcripción y los clips se procesan en esta pestaña y se guardan en este navegador. El servidor solo entrega la página y los modelos, y la página no puede comunicarse con nadie más. No hay cuentas, ni analítica, ni publicidad.

## The list of keyboard shortcuts, which stands in index.html

# Keys, as they are labeled.
settings-key-delete = Supr
settings-key-end = Fin
settings-key-enter = Intro
settings-key-escape = Esc
settings-key-home = Inicio
settings-key-select = Mayús ←
settings-key-space = Espacio
settings-keys = Atajos de teclado
settings-keys-everywhere = En todas partes
settings-keys-play = Reproducir o pausar
settings-keys-seconds = 5 segundos atrás o adelante
settings-keys-redo = Rehacer
settings-keys-list = Esta lista
settings-keys-clips = Clips
settings-keys-step = Clip siguiente o anterior
settings-keys-open = Abrir el clip
settings-keys-keep = Conservarlo
settings-keys-skip = Omitirlo
settings-keys-export = Exportarlo
settings-keys-editor = En un clip abierto
settings-keys-in-out = Empezar o terminar aquí
settings-keys-start = Empezar una palabra antes o después
settings-keys-end = Terminar una palabra antes o después
settings-keys-select = Seleccionar palabras
settings-keys-cut = Cortar las palabras o recuperarlas
settings-keys-correct = Corregir las palabras
settings-keys-close = Cerrar el clip
settings-keys-transcript = En la transcripción
settings-keys-line = Línea por línea
settings-keys-word = Palabra por palabra
settings-keys-ends = Primera o última línea
settings-keys-go = Ir a ese punto del video
settings-keys-single = Usar letras sueltas como atajos
