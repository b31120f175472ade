"""Whoever outside is asked or told: addresses, profiles as data, time-outs, what each failure means.

`centre` is the frame of every channel (one question, one bounded answer, a memory of who does not answer);
a channel adds its own reading. Personal data pass through here and stay nowhere: not in logs, not in problems.
"""
