# Several files: those that are worked off one after another, and the question that a file asks which comes while another is worked on.

queue-label = Queue
queue-add = Add { $name } to the queue?
queue-add-many = { $count ->
    [one] Add { $count } video to the queue?
   *[other] Add { $count } videos to the queue?
}
queue-not-done = { $open } is not done yet.
queue-add-now = Add to queue
queue-open-now = { $count ->
    [one] Open it now
   *[other] Open them now
}
queue-never = Don't open
queue-now-stops = “{ $button }” stops { $open }. What is transcribed of it so far is saved.
queue-is-open = { $name } is open already.
queue-is-waiting = { $name } is in the queue

# The list
queue-start-now = Start now
queue-start-next = Start the next now
queue-wait = Wait
queue-entry-done = Done
queue-entry-now = Now
queue-entry-waiting = Waiting
queue-remove = Remove { $name } from the queue
queue-open-again = Open { $name } again

# How far they are. Where some could not be opened, that is said as well.
queue-at = Video { $number } of { $count }{ $failed ->
    [0] { "" }
   *[other] , { $failed } not opened
}
queue-waiting = { $count ->
    [one] { $count } video waiting
   *[other] { $count } videos waiting
}
queue-done = { $count ->
    [one] { $count } video done
   *[other] { $count } videos done
}
queue-partly-done = { $done } of { $count ->
    [one] { $count } video
   *[other] { $count } videos
} done{ $failed ->
    [0] { "" }
   *[other] , { $failed } not opened
}

# What comes next
queue-next-soon = The next video starts in a moment.
queue-next-asked = The next video waits until you start it.
