"""When a visit will be done, as an honest range: durations learnt from the journal, foreseen over the queue.

`durations` and `foresee` are pure; `watch` keeps what they need and says which estimates are to be given.
The thread that does so lives in `app`.
"""
