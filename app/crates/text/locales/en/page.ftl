# The page as a whole: its frame and top line, and the count of requests.

page-title = Incut: long video in, short clips out
page-skip = Skip to the content
page-files = Video or audio files
page-clips-from = Clips from { $name }
page-tools = Getting the tools…
page-video = Video
page-clips = Clips
page-drop = Drop it anywhere

# The top line
page-start = Incut, start page
page-close-video = Close this video
page-install = Install
page-works-offline = Works offline
page-is-offline = Offline, everything works
page-offline-why = Page and speech model are stored in this browser, and were checked.
page-update = Reload to update
page-update-is-here = A newer Incut is here
page-update-waits = Available when this finishes
page-update-refused = Another tab is at work

# What was asked of servers; a number follows the first two
page-requests-since = Requests since your file was opened:
page-requests = Requests:
page-requests-none = Nothing was asked of any server since your file was opened.
page-requests-told = Since your file was opened: { $what }.
page-requests-counted = Counted: what this page, its workers and its service worker ask of any server. Not counted: what the browser asks by itself, and its extensions.
page-requests-models = { $count ->
    [one] { $count } model file
   *[other] { $count } model files
}
page-requests-fonts = { $count ->
    [one] { $count } font
   *[other] { $count } fonts
}
page-requests-icons = { $count ->
    [one] { $count } icon
   *[other] { $count } icons
}
page-requests-pages = { $count ->
    [one] { $count } file of the page
   *[other] { $count } files of the page
}
page-requests-nothing-sent = nothing sent
page-requests-unexpected = { $count } unexpected

# What to do about something that went wrong
page-use-cpu = Use the CPU instead
page-choose-another = Choose another file
page-close-message = Close this message
