"""Brakes as records of a file: what may be given of an axle, a vehicle or a road test, and its cards.

The rules themselves are `standards.brakes` and `standards.judging`; here records become what those judge.
"""
