"""Print jobs at printers that die in every way, and a printing program that is killed: nothing lost, nothing doubled."""

from benchmarks.prints.schedule import run

__all__ = ["run"]
