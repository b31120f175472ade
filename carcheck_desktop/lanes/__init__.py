"""The lanes: engine, command door, sequences, positions and the steps that measure.

Steps record raw data and never judge; the judging is `judging`, which calls standards. No make,
no port and no database is known here.
"""
