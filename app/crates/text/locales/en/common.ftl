# Words that several rooms of the page say.

common-cancel = Cancel
common-clip-number = Clip { $number }
common-clips = { $count ->
    [one] { $count } clip
   *[other] { $count } clips
}
common-close = Close
# Between the parts of a list.
common-comma = { ", " }
common-copied = Copied
common-copied-not = Could not be copied
common-copy = Copy
common-keep = Keep
# As it stands on the keys.
common-key-redo = Ctrl+Shift+Z
common-key-undo = Ctrl+Z
common-pause = Pause
common-play = Play
common-save = Save
common-see-stored = See what is stored
common-settings = Settings
common-stopping = Stopping
common-the-clip = The clip
common-try-again = Try again
common-undo = Undo
# What a button does, and the keys for it.
common-with-keys = { $act } ({ $keys })
