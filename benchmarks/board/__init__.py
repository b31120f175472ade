"""The hall board at 4K with 60 cars and ten changes a second; and an hour of it at speed 20 for its memory."""

from benchmarks.board.load import run
from benchmarks.board.memory import soak

__all__ = ["run", "soak"]
