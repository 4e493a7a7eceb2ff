# The page without a video: what Incut does, where to drop one, and a project that waits for its file.

start-title-long = Long video in.
start-title-short = Short clips out.
start-promise = Incut listens to your video, finds the moments worth sharing, and turns them into vertical clips with captions.
start-promise-private = Your video never leaves this tab.
start-choose-video = Choose a video
start-drop = or drop it anywhere on this page
start-sample-question = No video at hand?
start-sample = Try it with a sample
start-sample-note = a short talk spoken by a computer

# Three facts below
start-private = Nothing is uploaded.
start-private-more = There is no account and no server that could see your video.
start-offline = Works offline.
start-offline-more = Incut is stored in this browser and opens without a network.
start-local = Works on this device.
start-local-more = Transcripts and clips are made here, not on a server.
start-yours = You decide.
start-yours-more = Every clip says why it was chosen, and every cut can be moved and undone.

# After everything was erased
start-erased = Erased from this browser
start-erased-whole = Nothing of Incut is left in this browser, this list included. The next visit begins anew.
start-erased-partly = Something could not be erased: close all other tabs of Incut, and erase once more.

# A project whose file has to be chosen again; the name is shown in bold
start-expected = Choose { $name } again to go on. The browser keeps your clips and your transcript, not the video.
start-expected-choose = Choose the file
start-expected-later = Not now
start-mismatch = { $chosen } ({ $size }) does not match this project's video, { $expected } ({ $expected_size }).
start-mismatch-namesake = It has the same name and size, but other content.
start-mismatch-again = Choose again
start-mismatch-new = Open it as a new video
start-renamed = Same content, new name. Going on with { $before }.
