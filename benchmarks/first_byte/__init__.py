"""From a car's verdict to the first byte in the printer, everybody at hand at once."""

from benchmarks.first_byte.schedule import run

__all__ = ["run"]
