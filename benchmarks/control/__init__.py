"""Six lanes of live curves in the control window, against bare windows with six plots."""

from benchmarks.control.frames import run

__all__ = ["run"]
