"""kill -9 at random instants across the processes of a running station; what was announced must be kept once."""

from benchmarks.kills.bombardment import run

__all__ = ["run"]
