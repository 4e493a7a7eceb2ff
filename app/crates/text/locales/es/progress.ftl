# The work that runs now, how far the speech model is, and another model that is got ready beside it.

progress-label = Progreso
progress-opening = Abriendo el video
progress-transcribing = Transcribiendo
progress-transcribing-again = Transcribiendo otra vez
progress-translating = Traduciendo al inglés
progress-faces = Buscando caras
progress-making = Exportando el clip
progress-making-of = Exportando el clip { $number } de { $count }
progress-speed = velocidad { $speed }×
progress-amount = { $done } de { $total }
progress-translation-stays = Tu transcripción y tus clips se quedan como están. El inglés se guarda aparte.
progress-words-stay = Tu transcripción y tus clips se quedan como están hasta que la nueva esté completa.
progress-stopped = Detenido
progress-saved-so-far = Tu transcripción hasta aquí está guardada.
progress-nothing-yet = Aún no se transcribió nada.
progress-continue = Continuar

# The speech model
progress-model-loading = Cargando el modelo de voz…
progress-model-downloading = Descargando el modelo de voz
progress-model-downloading-why = Solo una vez. Se queda en este navegador.
progress-model-checking = Comprobando el modelo de voz
progress-model-checking-why = Verificando la descarga.
progress-model-waiting = Otra pestaña está descargando el modelo de voz
progress-model-waiting-why = Esta continúa en cuanto esté.
progress-video-waits = Tu video se abre en cuanto esté listo.
progress-ready-on-gpu = Modelo de voz listo: { $model }, en la GPU
progress-ready-on-gpu-named = Modelo de voz listo: { $model }, en la GPU ({ $adapter })
progress-ready-on-cpu = { $count ->
    [one] Modelo de voz listo: { $model }, en la CPU
   *[other] Modelo de voz listo: { $model }, en { $count } núcleos de la CPU
}
progress-no-model = No hay ningún modelo de voz guardado aquí. Se descarga cuando abres un video.
progress-download-now = Descargarlo ahora

# Another model or device, while the present one goes on
progress-other-rules = Elegir de la transcripción
progress-other-device = El otro dispositivo
progress-other-starting = { $what }: iniciando
progress-other-step = { $what }: { $step }
progress-beside-looking = preparando
progress-beside-downloading = descargando, solo una vez
progress-beside-checking = verificando la descarga
progress-beside-loading = cargando
progress-beside-waiting = otra pestaña lo está descargando
progress-other-ready = { $what } entra en uso cuando esto termine
progress-other-broken = { $what } no se puede usar. { $why }
progress-stay = Seguir con { $model }
progress-leave = Dejarlo como estaba
