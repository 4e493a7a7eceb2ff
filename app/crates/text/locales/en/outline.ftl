# The video and what is said in it at a glance: player, sound, lanes, chapters.

## Player

outline-video = The opened video
outline-cannot-play = This browser cannot play this kind of file, but Incut can still read it.
outline-sound-only = Sound only

## Sound

outline-position = Position in the video
outline-position-of = { $position } of { $end }

## Lanes, whose names stand in a narrow column

outline-lane-chapters = Chapters
outline-lane-facts = Names, numbers
outline-lane-feelings = Feelings
outline-lane-loudness = Loudness
outline-lane-pace = Pace
outline-lane-questions = Questions
outline-lane-reactions = Reactions
outline-lane-speakers = Who speaks
outline-lanes-fewer = Fewer lanes
outline-lanes-more = More lanes

## The lanes in words, for those who do not see them

outline-told-facts = Numbers and names at: { $places }.
outline-told-feelings = Feelings at: { $places }.
outline-told-questions = Questions at: { $places }.
outline-told-reactions = Laughter or applause at: { $places }.
# One of the places of the message before.
outline-told-probably = probably { $position }
outline-told-speakers = Spoken by: { $speakers }.
# One of the speakers of the message before, and how long they speak.
outline-told-speaker = { $name } { $length }

## Chapters

outline-chapters = Chapters
outline-key-points = Key points
outline-topics = Topics
outline-find-clips = Find clips about { $word }
outline-export = Export chapters
outline-copy-label = Copy the chapters, lines that video sites read
outline-save-label = Save the chapters, a text file
outline-notes = Notes (Markdown)
outline-notes-label = Notes (Markdown): chapters, key points and topics
