"""Rows that hold from one day to another: what each rests on, and the right one of a day.

Refuses rows of one key that overlap or leave a day without a row.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a row rests on and when it holds; both days are included, None is without end.

    `sources` are ids of the edition's source list; `clause` is empty where no source shows it.
    """

    valid_from: date
    valid_until: date | None
    standard: str
    clause: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str

    @property
    def shown(self) -> str:
        """Standard, clause and source ids in one line, as a verdict card keeps it."""
        place = " ".join(part for part in (self.standard, self.clause) if part)
        return f"{place} [{', '.join(self.sources)}]".strip() if self.sources else place

    def holds(self, on: date) -> bool:
        """Say whether the row is the one of this day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class HasGround(Protocol):
    """Anything with a key and a ground."""

    @property
    def ground(self) -> Ground:
        """What it rests on and when it holds."""
        ...

    @property
    def slot(self) -> str:
        """What the row decides; rows of one slot follow each other in time."""
        ...


T = TypeVar("T", bound=HasGround)


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """All rows of one kind by slot, each slot's rows in order of time."""

    rows: Mapping[str, tuple[T, ...]]

    def at(self, slot: str, on: date) -> T:
        """Return the row of `slot` that holds on the day; raise `DataError` if there is none."""
        for row in self.rows.get(slot, ()):
            if row.ground.holds(on):
                return row
        raise DataError("standards.tables.no_row", key=slot, on=on.isoformat())

    def all(self) -> tuple[T, ...]:
        """Return every row, slots in the order of the file."""
        return tuple(row for rows in self.rows.values() for row in rows)


def history(rows: Iterable[T], first: date, last: date | None, torn: Collection[str] = ()) -> dict[str, tuple[T, ...]]:
    """Sort rows into slots and see that each covers every day from `first` to `last` once.

    Slots of `torn`, and those whose first word is one of it, may leave days open: rows of theirs were passed over.
    Raises `DataError` `standards.tables.overlap` or `standards.tables.gap`, naming the slot.
    """
    slots: dict[str, list[T]] = {}
    for row in rows:
        slots.setdefault(row.slot, []).append(row)
    for slot, found in slots.items():
        found.sort(key=lambda row: row.ground.valid_from)
        _check_overlap(slot, [row.ground for row in found])
        gap = gap_of(slot, found, first, last)
        if gap is not None and not {slot, slot.partition(".")[0]} & set(torn):
            raise gap
    return {slot: tuple(found) for slot, found in slots.items()}


def gap_of(slot: str, rows: Sequence[HasGround], first: date, last: date | None) -> DataError | None:
    """Return the first days from `first` to `last` that a slot's rows, in order of time, leave open; None when there are none."""
    grounds = [row.ground for row in rows]
    if grounds[0].valid_from > first:
        return _gap(slot, first, grounds[0].valid_from - ONE_DAY)
    for before, after in itertools.pairwise(grounds):
        if before.valid_until is not None and after.valid_from > before.valid_until + ONE_DAY:
            return _gap(slot, before.valid_until + ONE_DAY, after.valid_from - ONE_DAY)
    end = grounds[-1].valid_until
    return _gap(slot, end + ONE_DAY, last) if end is not None and (last is None or end < last) else None


def _check_overlap(slot: str, grounds: list[Ground]) -> None:
    for before, after in itertools.pairwise(grounds):
        if before.valid_until is None or after.valid_from <= before.valid_until:
            raise DataError("standards.tables.overlap", key=slot, day=after.valid_from.isoformat())


def _gap(slot: str, first: date, last: date | None) -> DataError:
    until = "…" if last is None else last.isoformat()
    return DataError("standards.tables.gap", key=slot, first=first.isoformat(), last=until)
