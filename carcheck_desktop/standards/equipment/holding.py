"""How every check of a device is held against its tolerance: unrounded unless the setting says otherwise.

A tolerance that the record gives itself (of a certificate, of a city) goes before the tables, and the card's source says so.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.cards import Manner, Subject, judged
from carcheck_desktop.standards.families.axes import Compared
from carcheck_desktop.standards.loading.edition import FIGURES, Bound
from carcheck_desktop.standards.records.figures import between, expected

if TYPE_CHECKING:
    from fractions import Fraction

    from carcheck_desktop.base.messages import Message
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

RECORD = "record"
"""What stands as the standard of a tolerance that the record gives itself."""
MOST = 10**9


def manner(case: Case, *, counts: bool = True, open_ends: bool = False, reference: Fraction | None = None) -> Manner:
    """Return how a check is compared."""
    is_full = case.choice("check_compared") == Compared.FULL
    return Manner(full=is_full, open_ends=open_ends, counts=counts, reference=reference)


def held(
    case: Case, subject: Subject, exact: Fraction, advice: Message | None = None, how: Manner | None = None
) -> VerdictCard:
    """Return the card of a check that was done."""
    how = how or manner(case)
    if subject.limit is not None and how.reference is None:
        expected(subject.limit, *(each for each in Bound if each is not Bound.WITHIN))
    return judged(case, subject, exact, advice=advice, manner=how)


def own(limit: Limit, bound: Bound, **fields: Decimal | None) -> Limit:
    """Return the limit of the tables with the figures that a record gives, in the order of the bound's own.

    `fields` are the record's fields by name. With none of them given the tables' limit stays; one of two that is
    not given allows nothing in its way. Raises `DataError` naming a field that is no figure from 0 on.
    """
    if all(value is None for value in fields.values()):
        return limit
    if len(fields) != len(FIGURES[bound]):
        raise ValueError(f"{bound} does not have {len(fields)} figures")
    figures = tuple(Decimal(0) if value is None else value for value in fields.values())
    for name, figure in zip(fields, figures, strict=True):
        between(name, figure, 0, MOST)
    ground = replace(limit.ground, standard=RECORD, clause="", sources=(), confidence=Confidence.SOURCED, note="")
    return replace(limit, key=limit.quantity.value, bound=bound, figures=figures, ground=ground)
