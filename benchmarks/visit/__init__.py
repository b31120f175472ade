"""The software's share of a car's time on the lane, by a witness on the wires and the lane's feed."""

from benchmarks.visit.schedule import run

__all__ = ["run"]
