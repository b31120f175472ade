"""A city's year of stored inspections judged again in one process: how many a second, and does the memory stay flat."""

from benchmarks.rejudge.year import run

__all__ = ["run"]
