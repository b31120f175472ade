"""From the commit of a fact to its paint in another process's hall board; and the snapshot of a full day."""

from benchmarks.painted.latency import run

__all__ = ["run"]
