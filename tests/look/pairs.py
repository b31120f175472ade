"""A small choice of cases in which every two values of two factors that can meet do meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

Row = tuple[str, ...]
Pair = tuple[int, str, int, str]


Apart = frozenset[tuple[int, int]]
TOGETHER: Apart = frozenset()


def pairs_of(row: Row, apart: Apart = TOGETHER) -> list[Pair]:
    """Return the pairs of values that a row has, but of the factors (by place) that need not meet."""
    return [(a, row[a], b, row[b]) for a, b in combinations(range(len(row)), 2) if (a, b) not in apart]


def all_pairs(rows: Iterable[Row], apart: Apart = TOGETHER) -> list[Row]:
    """Choose rows, the same ones each time, until each pair that any row has is in one of them, but those `apart`.

    Greedy: the first open pair in order takes the row that closes the most open pairs with it.
    """
    known: Sequence[Row] = sorted(set(rows))
    having: dict[Pair, list[Row]] = {}
    for row in known:
        for pair in pairs_of(row, apart):
            having.setdefault(pair, []).append(row)
    open_pairs = dict.fromkeys(sorted(having))
    used: Counter[tuple[int, str]] = Counter()
    chosen: list[Row] = []
    while open_pairs:
        first = next(iter(open_pairs))
        best = max(having[first], key=lambda row: (_gain(row, open_pairs, apart), -_use(row, used)))
        chosen.append(best)
        used.update(enumerate(best))
        for pair in pairs_of(best, apart):
            open_pairs.pop(pair, None)
    return chosen


def _gain(row: Row, open_pairs: dict[Pair, None], apart: Apart) -> int:
    return sum(pair in open_pairs for pair in pairs_of(row, apart))


def _use(row: Row, used: Counter[tuple[int, str]]) -> int:
    return sum(used[place] for place in enumerate(row))
