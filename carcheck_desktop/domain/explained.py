"""A stored verdict as it is shown to whoever asks why: cards, derivation, what to draw, and the same under other editions.

Everything is computed where the standards are; who shows it compares and computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.verdicts import Comparison, ItemKind, Outcome, Quantity, VerdictCard


@dataclass(frozen=True, slots=True)
class ExplainedCard:
    """A verdict card with its derivation line by line: formula with its numbers, rounding, limit, outcome, source."""

    card: VerdictCard
    lines: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field in which a card that was computed again is not as it was stored; "" where one of the two has none."""

    quantity: Quantity
    field: str
    stored: str
    again: str


@dataclass(frozen=True, slots=True)
class UnderEdition:
    """An item under one edition; `judged_as_on` is the edition's own day that stands in where it was not in force.

    `problem` says why there are no cards.
    """

    edition: str
    table_hash: str
    cards: tuple[ExplainedCard, ...] = ()
    judged_as_on: date | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line over time: `name` is `left`, `right`, `sum`, or the name of an exhaust value; None: that sample was lost."""

    name: str
    unit: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class DrawnLimit:
    """A level to be drawn for one quantity, on a line and in its unit."""

    quantity: Quantity
    line: str
    comparison: Comparison
    value: Decimal


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A moment that a verdict rests on, in seconds from the first sample; `quantity` None: it belongs to all of them."""

    name: str
    at_s: Decimal
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The samples of an item as they are drawn: `samples` of them were recorded, `lost` of these never arrived.

    Values lie `interval_ms` apart; a long record is thinned out to the strongest sample of each piece.
    """

    interval_ms: int
    samples: int
    lost: int
    lines: tuple[DrawnLine, ...]
    limits: tuple[DrawnLimit, ...]
    marks: tuple[DrawnMark, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """Why an item of a visit came out as it did.

    `stored` are the cards as they were recorded, `again` the same computed anew from the raw data by their own tables, with
    `differences` where they are not equal; `others` are the item under the editions that were asked for, `editions` those
    that can be asked for. `attempt` is the one that is shown, of `attempts` in which the item was done; an item over the
    whole vehicle has the kind None.
    """

    visit_id: str
    plate: str
    item: str
    kind: ItemKind | None
    axle: int
    attempt: int
    attempts: tuple[int, ...]
    judged_on: date
    finished_at: datetime | None
    origin: Origin | None
    outcome: Outcome | None
    stored: tuple[ExplainedCard, ...]
    again: UnderEdition
    differences: tuple[FieldDifference, ...]
    drawing: Drawing | None
    editions: tuple[str, ...]
    measured: dict[str, str] = field(default_factory=dict)
    others: tuple[UnderEdition, ...] = ()
