"""Four benches at once, 100 samples a second and side, in real time over paced serial lines; no sample may be lost."""

from benchmarks.curves.recording import run

__all__ = ["run"]
