# What is asked and told about the words and the clips as a whole: first picks and better ones, words that were transcribed again, another model.

picks-first = Primera selección. Se queda; si se encuentran mejores, te preguntamos.
picks-better = { $count ->
    [one] Se encontró { $count } clip mejor.
   *[other] Se encontraron { $count } clips mejores.
}
picks-better-more = Lo que abriste, cambiaste, conservaste o exportaste se queda.
picks-show-better = { $count ->
    [one] Mostrarlo
   *[other] Mostrarlos
}
picks-keep-these = Conservar estos
picks-again = Transcrito otra vez.
picks-again-more = Se conservaron tus títulos, encuadres, decisiones y nombres de hablantes.
picks-again-good = Bien
picks-again-back = Volver a la transcripción anterior

# Another speech model
picks-model = ¿Transcribir este archivo otra vez con el modelo nuevo?
picks-model-more = Tu transcripción y tus clips se quedan hasta que la nueva esté completa.
picks-model-again = Transcribir otra vez
picks-model-keep = Conservar esta transcripción
picks-cannot-know = { $model } solo sabe { $only }, y esto es { $heard }: la mayoría de las palabras serían adivinadas.

# Another language than the model knows
picks-foreign = Esto no suena a inglés.
picks-foreign-why = La mayoría de las palabras hasta ahora son adivinadas.
picks-no-english = No se oyó inglés.
picks-no-english-why = ¿Se habla otro idioma?
picks-offer = { $model } sabe { $count } idiomas y se descarga una sola vez ({ $size }).
picks-no-offer = Este servidor no ofrece ningún modelo de otros idiomas.
picks-silence = Si nadie habla en él, elige otro video.
picks-use-model = Usar ese modelo
picks-is-english = Es inglés
