"""A scripted clerk at the real counter window, through the accessibility tree: keys, typed fields, waiting."""

from benchmarks.clerk.schedule import run

__all__ = ["run"]
