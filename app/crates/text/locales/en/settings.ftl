# Settings, and the list of keyboard shortcuts.

settings-title = Settings
settings-close = Close settings

## Models

settings-model-english = { $name }, English only
settings-model = Speech model
settings-model-unknown = The list could not be read; the stored model is used.
settings-model-note = Larger models hear better and take longer. Each is downloaded once; the one in use stays until it is there.
settings-writer = Titles and posts
settings-writer-rules = Pick from the transcript
settings-writer-model = { $title }, { $size }, downloaded once
settings-writer-note = Who writes titles and posts about clips. A language model runs in this tab too, and its drafts are checked against the transcript.

## Where models run

settings-device = Run on
settings-device-auto = Automatic
settings-device-cpu = CPU
settings-device-gpu = GPU
settings-no-webgpu = This browser has no WebGPU: the CPU is used.
settings-webgpu-failed = WebGPU did not work here: the CPU is used.

## Clips and taste

settings-clips = Clips to suggest
settings-taste = Your taste
settings-taste-learned = { $count ->
    [0] Nothing learned yet: keep or skip clips, and later picks follow.
    [one] Learned from { $count } clip you kept or skipped.
   *[other] Learned from { $count } clips you kept or skipped.
}
settings-taste-reset = Reset
settings-taste-reset-label = Reset what Incut learned

## The page

settings-shortcuts = Shortcuts
settings-install = Install Incut
settings-theme = Appearance
settings-theme-system = System
settings-theme-light = Light
settings-theme-dark = Dark

## Privacy

settings-private = What stays private
settings-private-text = All of it. Your video, its sound, the transcript and the clips are worked on in this tab and kept in this browser. The server only hands out the page and the models, and the page is not allowed to speak to anyone else. There is no account, no analytics and no advertising.

## The list of keyboard shortcuts, which stands in index.html

# Keys, as they are labeled.
settings-key-delete = Del
settings-key-end = End
settings-key-enter = Enter
settings-key-escape = Esc
settings-key-home = Home
settings-key-select = Shift ←
settings-key-space = Space
settings-keys = Keyboard shortcuts
settings-keys-everywhere = Everywhere
settings-keys-play = Play or pause
settings-keys-seconds = 5 seconds back or forward
settings-keys-redo = Redo
settings-keys-list = This list
settings-keys-clips = Clips
settings-keys-step = Next or previous clip
settings-keys-open = Open the clip
settings-keys-keep = Keep it
settings-keys-skip = Skip it
settings-keys-export = Export it
settings-keys-editor = In an open clip
settings-keys-in-out = Start or end here
settings-keys-start = Start a word earlier or later
settings-keys-end = End a word earlier or later
settings-keys-select = Select words
settings-keys-cut = Cut the words or bring them back
settings-keys-correct = Correct the words
settings-keys-close = Close the clip
settings-keys-transcript = In the transcript
settings-keys-line = Line by line
settings-keys-word = Word by word
settings-keys-ends = First or last line
settings-keys-go = Go there in the video
settings-keys-single = Use single letters as shortcuts
