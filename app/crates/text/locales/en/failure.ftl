# What went wrong, and what to do about it.

failure-both = { $first } { $second }

# The file that was opened
failure-undecodable-sound = The sound in this file is { $codec }, which this browser cannot decode.
failure-undecodable-sound-unknown = The sound in this file is of an unknown kind, which this browser cannot decode.
failure-undecodable-sounds = This browser can decode none of the { $count } sound tracks of this file ({ $forms }).
failure-forms = { $first }; { $second }
failure-advice-sound-codec = Convert the file so that its sound is AAC, MP3 or Opus.
failure-undecodable-picture = The picture in this file is { $codec }, which this browser cannot decode.
failure-undecodable-picture-unknown = The picture in this file is of an unknown kind, which this browser cannot decode.
failure-advice-picture-codec = Convert the video to H.264 (on an iPhone: Settings › Camera › Formats › Most Compatible), or try another browser.
failure-no-sound = This file has no sound, so there is nothing to transcribe and no clip to find.
failure-advice-with-speech = Choose a video with speech, or export this one again with its sound.
failure-impossible-sound = The sound claims { $rate } samples a second in { $channels } channels.
failure-advice-from-source = The file is damaged; convert or export it again from its source.
failure-damaged-picture = The picture in this file is damaged in too many places. { $why }
failure-unpaintable-picture = A picture of this video cannot be shown ({ $detail }).
failure-advice-fresh-mp4 = Convert the video to a fresh MP4, then open that.
failure-no-picture-here = No picture could be decoded at this place of the file.
failure-advice-move-clip = Move the clip, or convert the video to a fresh MP4.
failure-nothing-heard = No words were found this time.
failure-advice-nothing-heard = Your transcript and clips are as they were. Try another language or model.
failure-no-sample = The sample could not be downloaded.
failure-advice-sample = Connect to the network and try again, or choose a video of your own.

# The clip that is written
failure-no-room-for-clip = The browser has no room left for this clip.
failure-advice-room-for-clip = Free some disk space or delete stored models and projects in the settings, then export again.
failure-no-encoder = This browser cannot encode H.264 at { $width }×{ $height }.
failure-advice-export-elsewhere = Use a current Chrome or Edge to export; your transcript and clips are kept.

# Models
failure-unknown-model = There is no model called “{ $id }” here.
failure-advice-other-model = Choose another one in the settings.
failure-no-model-list = The list of speech models is not on this device yet and could not be fetched.
failure-no-model = The speech model is not on this device yet and could not be fetched.
failure-no-model-file = Part of the speech model ({ $file }) is not on this device yet and could not be fetched.
failure-advice-connect-once = Connect once to the address you opened Incut from, then reload; afterwards it works without a network.
failure-no-embedding-models = The models for voices and topics are not on this server.
failure-advice-by-words = Clips are still chosen by the words; whoever runs the server can add the models.
failure-no-face-model = The model that finds faces is not on this server.
failure-advice-frame-by-hand = Move the picture by hand; whoever runs the server can add the model.
failure-model-damaged = The stored model is damaged ({ $file } does not match its checksum).
failure-advice-fetch-again = Connect once to the address you opened Incut from and reload the page: it is fetched again.
failure-model-mismatch = The server sent another file than its list of models says ({ $file }).
failure-advice-export-models = Reload the page to try again; if it stays, whoever runs the server has to export the models anew.
failure-model-failed = A model failed ({ $detail }).
failure-advice-delete-models = Try again; if it stays, delete the stored models in the settings and reload the page.
failure-gpu-stopped = The graphics processor stopped working.
failure-advice-cpu-if-again = Try again; if it stays, choose the CPU in the settings; it works everywhere.
failure-gpu-unusable = The graphics processor could not be used.
failure-advice-cpu = Choose the CPU in the settings; it works everywhere.

# The engine and its workers
failure-worker-stopped = A worker stopped in the middle of its work.
failure-worker-memory = A worker got no more memory from the browser.
failure-no-workers-left = Transcribing stopped: the browser ended the workers again and again, most likely for want of memory.
failure-advice-close-other-tabs = Close other tabs and go on; what was transcribed so far is kept.
failure-no-engine = The part of Incut that does the work could not be started.
failure-advice-current-browser = Reload the page. If that does not help, use a current Chrome, Edge, Safari or Firefox.
failure-engine-stopped = The part of Incut that does the work stopped unexpectedly. Your transcript so far is saved.
failure-advice-go-on = Press “Try again” to go on.
failure-engine-memory = This tab ran out of memory. Your transcript so far is saved.
failure-advice-smaller-model = Close other tabs, then press “Try again”, or take a smaller speech model in Settings.
failure-misunderstood = The page and its engine misunderstood each other ({ $detail }).
failure-advice-older-page = Reload the page: it may be older than its engine.
failure-cancelled = Stopped.
failure-advice-cancelled = What was done so far is kept.
failure-internal = Incut made a mistake: { $detail }.
failure-advice-reload = Reload the page and try again; your transcript is kept.

# What keeps the page from working
failure-no-codecs = This browser cannot decode and encode video by itself (WebCodecs is missing).
failure-no-storage = This browser gives pages no file storage of their own, or this is a private window without it.
failure-no-workers = This browser cannot work and paint in the background.
failure-advice-other-browser = Open Incut in a current Chrome, Edge, Safari 26 or Firefox, over https or on this computer.
failure-mixed-builds = This page and what is stored of Incut in this browser are of different versions.
failure-advice-close-tabs = Close all tabs of Incut, then open it again.
failure-page-incomplete = A part of this page could not be fetched.
failure-advice-goes-on-trying = Incut keeps trying. Check your connection, or reload the page.

# The browser, while it was at one of those below
failure-no-room = The browser has no room left for { $doing }.
failure-advice-room = Free some disk space or delete stored models and projects in the settings, then try again.
failure-taken-back = The browser took its video and sound codecs back while { $doing }.
failure-advice-front = Bring this tab to the front and try again; what was done so far is kept.
failure-not-supported = This browser cannot do this: { $doing } ({ $detail }).
failure-advice-chrome-or-mp4 = Try a current Chrome or Edge, or convert the file to MP4 (H.264 and AAC).
failure-file-gone = The file could not be read any more while { $doing } ({ $detail }).
failure-advice-moved = If it was moved, changed or unplugged, choose it again.
failure-browser = The browser reported an error while { $doing }: { $detail }.
failure-advice-try-again = Try again; if it stays, reload the page. What was done is kept.

# What the browser was at, as it stands within the sentences above
failure-doing-ask-for-encoder = asking for an H.264 encoder
failure-doing-start-encoder = starting the H.264 encoder
failure-doing-hand-over-picture = handing over a picture
failure-doing-encode-picture = encoding the picture
failure-doing-finish-picture = finishing the picture
failure-doing-read-encoded-picture = reading the encoded picture
failure-doing-ask-for-picture-decoder = asking whether the picture can be decoded
failure-doing-start-picture-decoder = starting the picture decoder
failure-doing-decode-picture = decoding the picture
failure-doing-read-picture = reading a decoded picture
failure-doing-start-sound-decoder = starting the sound decoder
failure-doing-decode-sound = decoding the sound
failure-doing-read-sound = reading decoded sound
failure-doing-start-worker = starting a worker
failure-doing-hand-over-work = handing work to a worker
failure-doing-open-storage = opening its storage
failure-doing-read-storage = reading its storage
failure-doing-write-storage = writing to its storage
failure-doing-name-file = naming a finished file
failure-doing-store-model-list = storing the list of models
failure-doing-store-model = storing the speech model
failure-doing-store-fonts = storing the fonts
failure-doing-read-font = reading a font
failure-doing-draw-still = drawing a still
failure-doing-draw-caption = drawing the caption
failure-doing-show-preview = showing the preview
