"""Breaking text into lines, for cells of a receipt and for points of a page alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carcheck_desktop.domain.documents import Run
from carcheck_desktop.domain.identity import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Measure = Callable[[Run], float]

WORD = re.compile(
    rf"\n|[ ]+|[{PROVINCES}][A-Z][A-Z0-9·•]{{5,7}}|-?[￥¥][0-9.,]+|[\x21-\x7e\u00a1-\u024f\u2070-\u209f]+|.", re.DOTALL
)
"""A Latin word, a plate and an amount are kept whole; a Chinese character is one."""
NEVER_FIRST = set("，。；：、！？）】》」』”’％℃…,.;:!?)]}")


def wrap(runs: Iterable[Run], width: float, measure: Measure) -> list[tuple[Run, ...]]:
    """Return runs broken into lines no wider than `width`; at least one line, and none lost.

    A word that is wider than a line is broken; a character that is wider than a line stands alone in it.
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for piece in _pieces(runs):
        if piece.text == "\n":
            lines.append([])
            used = 0.0
            continue
        for part in _parts(piece, width, measure):
            size = measure(part)
            if lines[-1] and used + size > width:
                if part.text.isspace():
                    continue
                lines.append(_carried(lines[-1], part))
                used = sum(measure(each) for each in lines[-1])
            lines[-1].append(part)
            used += size
    return [_joined(line) for line in lines]


def _pieces(runs: Iterable[Run]) -> list[Run]:
    return [Run(found, run.size, run.bold) for run in runs for found in WORD.findall(run.text)]


def _parts(piece: Run, width: float, measure: Measure) -> list[Run]:
    """Return a piece, or its characters when it is wider than a line."""
    if measure(piece) <= width:
        return [piece]
    return [Run(sign, piece.size, piece.bold) for sign in piece.text]


def _carried(line: list[Run], coming: Run) -> list[Run]:
    """Return what goes along to the next line so that it does not begin with a closing mark."""
    is_closing = coming.text[:1] in NEVER_FIRST
    return [line.pop()] if is_closing and len(line) > 1 and not line[-1].text.isspace() else []


def _joined(line: list[Run]) -> tuple[Run, ...]:
    """Return a line with neighbours of one style joined and no blanks at its end."""
    while line and line[-1].text.isspace():
        line.pop()
    joined: list[Run] = []
    for run in line:
        if joined and (joined[-1].size, joined[-1].bold) == (run.size, run.bold):
            joined[-1] = Run(joined[-1].text + run.text, run.size, run.bold)
        else:
            joined.append(run)
    return tuple(joined)
