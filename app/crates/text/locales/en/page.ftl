# The page as a whole: its frame and top line, the count of requests, and what keeps it from working.

page-title = Incut: long video in, short clips out
page-skip = Skip to the content
page-files = Video or audio files
page-clips-from = Clips from { $name }
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

# What keeps the page from working, and what to do
page-no-codecs = This browser cannot decode and encode video by itself (WebCodecs is missing).
page-no-storage = This browser gives pages no file storage of their own, or this is a private window without it.
page-no-workers = This browser cannot work and paint in the background.
page-other-browser = Open Incut in a current Chrome, Edge, Safari 26 or Firefox, over https or on this computer.
page-mixed-builds = This page and what is stored of Incut in this browser are of different versions.
page-mixed-builds-advice = Close all tabs of Incut, then open it again.
page-no-engine = The part of Incut that does the work could not be started.
page-no-engine-advice = Reload the page. If that does not help, use a current Chrome, Edge, Safari or Firefox.
page-engine-stopped = The part of Incut that does the work stopped unexpectedly. Your transcript so far is saved.
page-engine-stopped-advice = Press “Try again” to go on.
page-out-of-memory = This tab ran out of memory. Your transcript so far is saved.
page-out-of-memory-advice = Close other tabs, then press “Try again”, or take a smaller speech model in Settings.
page-misunderstood = The page and its engine misunderstood each other ({ $detail }).
page-misunderstood-advice = Reload the page: it may be older than its engine.
