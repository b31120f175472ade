"""From the start of the process to the first usable control window, against a bare PySide6 window."""

from benchmarks.window.start import run

__all__ = ["run"]
