# What went wrong, and what to do about it.

failure-nothing-heard = No words were found this time.
failure-nothing-heard-advice = Your transcript and clips are as they were. Try another language or model.
