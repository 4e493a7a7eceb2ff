# What is kept in this browser: the list of projects, whether the open one is saved, how much room it all takes, and deleting it.

# The list on the first page
kept-continue = Continue
kept-show-all = Show all { $count }
kept-no-list = Your projects cannot be listed: the browser's storage does not answer. Nothing in it was changed.
kept-projects-here = { $count ->
    [one] { $count } project is kept here.
   *[other] { $count } projects are kept here.
}
kept-forget-oldest = { $count ->
    [one] Forget the oldest
   *[other] Forget the { $count } oldest
}
kept-exported = { $count } exported
kept-transcribed = { $percent } transcribed
kept-made-by-newer = made by a newer Incut
kept-cannot-be-read = cannot be read here
kept-nameless = A project without a name
kept-forget = Forget { $name }
kept-save-raw = Save raw data
kept-save-raw-of = Save what is kept of { $name } as it is

# After a project was forgotten
kept-forgot = Forgot { $name }.
kept-forgot-exports = { $count ->
    [one] Forgot { $name } and { $count } exported clip, { $size }.
   *[other] Forgot { $name } and { $count } exported clips, { $size }.
}
kept-deleted = Deleted { $what }.
kept-stayed-open = { $count ->
    [one] A project stayed: open in another tab. Close it there first.
   *[other] { $count } projects stayed: open in another tab. Close them there first.
}
kept-stayed-unreachable = { $count ->
    [one] A project stayed: the browser's storage did not answer. Try again.
   *[other] { $count } projects stayed: the browser's storage did not answer. Try again.
}
kept-back = { $count ->
    [one] It is back.
   *[other] They are back.
}
kept-back-partly = Not everything came back: the browser's storage did not answer.

# The open project is not being saved: why, and what to do
kept-not = Not being kept.
kept-unreachable = The browser's storage does not answer.
kept-unreachable-advice = Leave this tab open: saving is tried again automatically, and everything works meanwhile.
kept-full = The browser has no room left.
kept-full-advice = Free some disk space or delete speech models or projects in Settings; then it is saved automatically.
kept-changed = Another tab has changed this project since it was opened here.
kept-changed-advice = Choose which version to keep.
kept-take-stored = Take what the other tab has kept
kept-insist = Keep what is here
kept-forgotten = This project was forgotten in another tab.
kept-forgotten-advice = Close the video, or keep the project again.
kept-keep-again = Keep it again
kept-unreadable = What was kept of this file before cannot be read here, and is not written over.
kept-unreadable-advice = Save it as it is if you may need it, then keep this project in its place.
kept-replace = Keep this in its place
kept-left-behind = The last changes to { $name } are not kept.
kept-left-behind-advice = Leave this tab open and try again.
kept-elsewhere = This project is open in another tab. Here it can be watched, not changed.
kept-newer = A newer Incut made this project. Here it is only shown, and stays as it is; reload the page to get the newer one.
kept-take-over = Work on it here
kept-at-work-elsewhere = The other tab is at work on it. Try again when it is done there.

# In the settings: how much is stored, and deleting it
kept-stored = Stored in this browser
kept-used = { $used } of { $allowed }.
kept-promised = The browser promised not to clear it by itself.
kept-may-be-cleared = The browser may clear it if the disk fills up.
kept-unsaid = The browser did not say whether it keeps it.
kept-close-first = To delete projects or models alone, close the open video first.
kept-delete-projects = Delete projects and clips
kept-delete-models = Delete speech models
kept-delete = Delete
kept-delete-question = Delete { $what }?
kept-with-exports = { $name }, with { $exports }
kept-model-files = { $count ->
    [one] { $count } model file, { $size }
   *[other] { $count } model files, { $size }
}
kept-delete-models-question = Delete { $what }? They are downloaded again when you open a video.
kept-models-deleted = Deleted { $what }. They are downloaded again when you open a video.
kept-models-stay = The models stay: another tab is downloading them.
kept-models-partly = Not all models could be deleted. Close other tabs of Incut and try again.
kept-erase = Erase everything
kept-erase-question = Erase everything and close? This cannot be undone.
kept-erase-and-close = Erase everything and close
kept-keep-everything = Keep everything
