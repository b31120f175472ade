"""One edition of one standard as frozen tables: limits, constants, choices and rounding, all dated.

`parse` is the way in for files of this release and for whatever is to be approved. It refuses what it does not know, what is
missing, and rows that overlap or leave a gap, each by name. Which quantities, constants and choices there must be is said by
the family (`families`). `parse_kept` is the way in for files that were approved earlier: what a later program asks for
besides, and what it knows no more, is told instead of refused, so that old verdicts are computed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Quantity
from carcheck_desktop.standards.families.known import FAMILIES
from carcheck_desktop.standards.loading.cycles import CycleRule, cycle
from carcheck_desktop.standards.loading.dated import Ground, History, gap_of, history
from carcheck_desktop.standards.loading.items import Item, item
from carcheck_desktop.standards.loading.rows import (
    Constant,
    Kept,
    Mode,
    Rounding,
    Setting,
    Source,
    constant,
    days,
    ground,
    opened,
    rounding,
    setting,
    sources_of,
    taken,
)
from carcheck_desktop.standards.rounding import half_even, half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from carcheck_desktop.standards.families.family import Family, Judged
    from carcheck_desktop.standards.loading.dated import HasGround
    from carcheck_desktop.standards.loading.reading import Row


class Bound(StrEnum):
    """What a limit is: one bound or two (included), a deviation in percent or absolute (one is enough), or none at all."""

    AT_LEAST = ">="
    AT_MOST = "<="
    BETWEEN = "between"
    WITHIN = "within"
    NONE = "none"


FIGURES = {
    Bound.AT_LEAST: ("value",),
    Bound.AT_MOST: ("value",),
    Bound.BETWEEN: ("low", "high"),
    Bound.WITHIN: ("percent", "absolute"),
    Bound.NONE: (),
}
"""Which figures a row has for each kind of limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a quantity is held against in one case; `figures` by the names of `FIGURES`.

    `percent` is a share of the reference value, `absolute` and all others are in `unit`. A limit of `Bound.NONE` says that
    nothing is judged in this case, and `ground.note` why.
    """

    key: str
    quantity: Quantity
    case: tuple[tuple[str, str], ...]
    bound: Bound
    figures: tuple[Decimal, ...]
    unit: str
    ground: Ground

    @property
    def slot(self) -> str:
        """Quantity and case as one name."""
        return slot_of(self.quantity, dict(self.case))

    @property
    def value(self) -> Decimal:
        """The one bound of `>=` and `<=`; raises `ValueError` for others."""
        if len(self.figures) != 1:
            raise ValueError(f"{self.key} has no single value")
        return self.figures[0]

    @property
    def comparison(self) -> Comparison:
        """How a value stands to the one bound; raises `ValueError` for others."""
        return Comparison(self.bound.value)

    @property
    def low(self) -> Decimal:
        """The lower of two bounds."""
        return self._figure("low")

    @property
    def high(self) -> Decimal:
        """The higher of two bounds."""
        return self._figure("high")

    @property
    def percent(self) -> Decimal:
        """The deviation allowed in percent of the reference."""
        return self._figure("percent")

    @property
    def absolute(self) -> Decimal:
        """The deviation allowed whatever the reference."""
        return self._figure("absolute")

    def _figure(self, name: str) -> Decimal:
        return self.figures[FIGURES[self.bound].index(name)]


@dataclass(frozen=True, slots=True)
class Edition:
    """One table file as it was parsed; `table_hash` is the SHA-256 of the file's bytes."""

    family: Family
    edition: str
    title: str
    limits_of: str
    valid_from: date
    valid_until: date | None
    table_hash: str
    sources: tuple[Source, ...]
    limits: History[Limit]
    constants: History[Constant]
    settings: History[Setting]
    roundings: History[Rounding]
    items: History[Item]
    cycles: History[CycleRule]
    lacking: tuple[str, ...] = ()
    """Rows that this program asks for and a kept file does not have ("setting idle_band"); a look-up of one raises `DataError`."""
    passed_over: tuple[str, ...] = ()
    """Rows and words of a kept file that this program knows no more."""

    def is_in_force(self, on: date) -> bool:
        """Say whether the edition holds on the day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def require_in_force(self, on: date) -> None:
        """Raise `DataError` unless the edition is in force on the day."""
        if not self.is_in_force(on):
            raise DataError("standards.tables.not_in_force", edition=self.edition, on=on.isoformat())

    def constant(self, key: str, on: date) -> Decimal:
        """Return a constant's value on the day."""
        return self.constants.at(key, on).value

    def whole(self, key: str, on: date) -> int:
        """Return a constant that counts something."""
        return int(self.constant(key, on))

    def choice(self, key: str, on: date) -> str:
        """Return the word chosen for a setting on the day."""
        return self.settings.at(key, on).value

    def limit(self, quantity: Quantity, on: date, **case: str) -> Limit:
        """Return the limit of a case on the day; raise `DataError` if the tables have none."""
        axes = self.family.judged[quantity].axes
        return self.limits.at(slot_of(quantity, {axis: case[axis] for axis in axes}), on)

    def rounded(self, quantity: Quantity, exact: Fraction, on: date) -> Decimal:
        """Return a value as this edition rounds it."""
        row = self.roundings.at(quantity.value, on)
        return (half_even if row.mode is Mode.HALF_EVEN else half_up)(exact, row.decimals)

    def unit(self, quantity: Quantity) -> str:
        """Return a quantity's unit."""
        return self.family.unit(quantity).value

    def rows(self) -> tuple[Limit | Constant | Setting | Rounding, ...]:
        """Return every dated row, in the order of the file by kind; a limit of several cases once for each."""
        return (*self.limits.all(), *self.constants.all(), *self.settings.all(), *self.roundings.all())

    def doubtful(self) -> tuple[Limit | Constant | Setting | Rounding, ...]:
        """Return every row that still needs the paid text."""
        return tuple(row for row in self.rows() if row.ground.confidence is not Confidence.SOURCED)


def slot_of(quantity: Quantity, case: dict[str, str]) -> str:
    """Return quantity and case as one name, axes in the order of the family."""
    return ".".join((quantity.value, *case.values()))


def parse(content: bytes) -> Edition:
    """Read a table file; raise `DataError` that names the key and value that cannot be used."""
    edition = _read(content, None)
    for section, slot in _lacking(edition):
        raise DataError("standards.tables.missing_row", section=section, key=slot)
    return edition


def parse_kept(content: bytes) -> Edition:
    """Read a table file that was approved earlier, maybe under another program.

    Shape, types, sources, overlaps and gaps of what is there are seen to as in `parse`. Rows that only this program asks for
    may be missing (`lacking`): they never get a value of today, a look-up raises `DataError` `standards.tables.no_row`. Rows
    of keys, quantities and words that this program knows no more are left out (`passed_over`).
    """
    kept = Kept()
    edition = _read(content, kept)
    lost = [each for each in kept.passed_over if each.startswith("item ")]
    lacking = (*_by_quantity(edition, _lacking(edition)), *lost)
    return replace(edition, lacking=lacking, passed_over=tuple(kept.passed_over))


def _read(content: bytes, kept: Kept | None) -> Edition:
    """Read everything that is there; with `kept`, note there what is not known any more."""
    file = opened(content)
    head = file.row("edition")
    name = head.text("family")
    if name not in FAMILIES:
        raise head.refuse("family", name, ", ".join(FAMILIES))
    family = FAMILIES[name]
    first, last = days(head)
    sources = sources_of(file)
    known = frozenset(source.id for source in sources)
    by_row = taken(file, "limit", lambda row: _limits(row, family, known, kept), kept)
    if kept is None:
        _check_rules(by_row)
    constants = taken(file, "constant", lambda row: constant(row, known, family.constants), kept)
    settings = taken(file, "setting", lambda row: setting(row, known, family.settings), kept)
    roundings = taken(file, "rounding", lambda row: _rounding(row, family, known), kept)
    items = taken(file, "item", lambda row: item(row, known), kept)
    cycles = taken(file, "cycle", lambda row: cycle(row, known), kept)
    torn = frozenset() if kept is None else kept.torn | _new_cases(by_row, kept)
    edition = Edition(
        family=family,
        edition=head.text("id"),
        title=head.text("title"),
        limits_of=head.text("limits_of"),
        valid_from=first,
        valid_until=last,
        table_hash=digest_of(content),
        sources=sources,
        limits=History(history((each for row in by_row for each in row), first, last, torn)),
        constants=History(history(constants, first, last, torn)),
        settings=History(history(settings, first, last, torn)),
        roundings=History(history(roundings, first, last, torn)),
        items=History(history(items, first, last, torn)),
        cycles=History(history(cycles, first, last, torn)),
    )
    head.done()
    _close(file, kept)
    return edition


def _close(file: Row, kept: Kept | None) -> None:
    """Refuse whatever nobody asked for; a kept file may have whole sections of rows that this program knows no more."""
    if kept is not None:
        for section, value in file.left().items():
            if isinstance(value, list):
                kept.pass_over(section, str(len(file.rows(section))))
    file.done()


def _limits(row: Row, family: Family, known: frozenset[str], kept: Kept | None) -> list[Limit]:
    """Return one limit for each case that the row's `when` covers; an axis it does not name is covered whole."""
    key, quantity = row.text("key"), row.choice("quantity", Quantity)
    rule = family.judged.get(quantity)
    if rule is None:
        raise row.unknown("quantity", quantity, ", ".join(family.judged))
    when = row.row("when") if row.has("when") else None
    chosen = {} if when is None else _when(when, key, quantity, rule, kept)
    bound = row.choice("comparison", Bound)
    figures = tuple(row.number(name) for name in FIGURES[bound])
    unit = rule.unit.value if bound is Bound.NONE else row.text("unit")
    if unit != rule.unit:
        raise row.unknown("unit", unit, rule.unit)
    if bound is Bound.BETWEEN and figures[0] >= figures[1]:
        raise row.refuse("low", figures[0], f"< {figures[1]}")
    for name, figure in zip(FIGURES[bound], figures, strict=True):
        if figure < 0 and bound is not Bound.BETWEEN:
            raise row.refuse(name, figure, ">= 0")
    rests_on = ground(row, known)
    if bound is Bound.NONE and not rests_on.note:
        raise DataError(
            "standards.tables.wrong_value", where=key, key="note", value="", allowed="why nothing is judged"
        )
    return [
        Limit(key, quantity, tuple(case.items()), bound, figures, unit, rests_on)
        for case in rule.cases()
        if all(case[axis] in values for axis, values in chosen.items())
    ]


def _when(when: Row, key: str, quantity: Quantity, rule: Judged, kept: Kept | None) -> dict[str, tuple[StrEnum, ...]]:
    """Return the words of each axis that a row names; of a kept row those that this program still knows."""
    axes = {axis: kind for axis, kind in rule.axes.items() if when.has(axis)}
    chosen: dict[str, tuple[StrEnum, ...]] = {}
    for axis, kind in axes.items():
        if kept is None:
            chosen[axis] = when.choices(axis, kind)
            continue
        chosen[axis], gone = when.known_choices(axis, kind)
        kept.words.setdefault((quantity, axis), set()).update(chosen[axis])
        if not chosen[axis]:
            raise when.unknown(axis, ", ".join(gone), ", ".join(kind))
        if gone:
            kept.pass_over("limit", key, ", ".join(gone))
    if kept is not None and when.left():
        raise when.unknown("when", ", ".join(when.left()), ", ".join(rule.axes) or "-")
    when.done()
    return chosen


def _new_cases(by_row: Sequence[Sequence[Limit]], kept: Kept) -> frozenset[str]:
    """Return slots of words that a kept file never names though it names others of the axis: they are younger than the file."""
    return frozenset(
        limit.slot
        for row in by_row
        for limit in row
        if any(word not in kept.words.get((limit.quantity, axis), (word,)) for axis, word in limit.case)
    )


def _rounding(row: Row, family: Family, known: frozenset[str]) -> Rounding:
    found = rounding(row, known)
    if found.quantity not in family.rounded:
        raise row.unknown("quantity", found.quantity, ", ".join(family.rounded))
    return found


def _check_rules(by_row: Sequence[Sequence[Limit]]) -> None:
    """See that a rule name, which verdict cards keep, always means the same cases, whatever its figure was in which year."""
    known: dict[str, frozenset[str]] = {}
    for row in by_row:
        slots = frozenset(limit.slot for limit in row)
        for limit in row[:1]:
            first = known.setdefault(limit.key, slots)
            if first != slots:
                raise DataError("standards.tables.double_rule", key=limit.key, first=min(first), second=min(slots))


def _wanted(family: Family) -> Iterator[tuple[str, str]]:
    """Yield section and slot of every row that a family asks for."""
    for quantity, rule in family.judged.items():
        for case in rule.cases():
            yield "limit", slot_of(quantity, case)
    for section, keys in (("constant", family.constants), ("setting", family.settings), ("cycle", family.cycles)):
        for key in keys:
            yield section, key
    for quantity in family.rounded:
        yield "rounding", quantity.value


def _lacking(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield section and slot of what is asked for and not there on every day of the edition."""
    sections: dict[str, Mapping[str, Sequence[HasGround]]] = {
        "limit": edition.limits.rows,
        "constant": edition.constants.rows,
        "setting": edition.settings.rows,
        "cycle": edition.cycles.rows,
        "rounding": edition.roundings.rows,
    }
    for section, slot in _wanted(edition.family):
        rows = sections[section].get(slot)
        if rows is None or gap_of(slot, rows, edition.valid_from, edition.valid_until) is not None:
            yield section, slot


def _by_quantity(edition: Edition, lacking: Iterable[tuple[str, str]]) -> dict[str, None]:
    """Return names of what is lacking, each once: a quantity that has no limit at all by its own name, whatever its cases."""
    there = {slot.partition(".")[0] for slot in edition.limits.rows}
    return dict.fromkeys(
        f"{section} {slot if slot.partition('.')[0] in there else slot.partition('.')[0]}" for section, slot in lacking
    )
