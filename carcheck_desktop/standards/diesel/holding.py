"""How every result of diesel exhaust is held against its limit: rounded or full as the station's setting says, doubts named."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.cards import Doubt, Manner, is_met, judged
from carcheck_desktop.standards.families.axes import Compared
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import expected
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.cards import Subject
    from carcheck_desktop.standards.case import Case

FREE_ACCELERATION = "TG"
"""Free acceleration with an opacimeter in the method codes of the platforms (不透光法; GZ and CS)."""
LUGDOWN = "LD"
"""Lugging down (加载减速法)."""
RINGELMANN = "RINGELMANN"
"""The shade of smoke by eye; no platform has a code of its own for it."""


def held(
    case: Case, subject: Subject, exact: Fraction, advice: Message | None = None, doubts: Sequence[Doubt] = ()
) -> VerdictCard:
    """Return the card of a value that counts; that the rounded or the full value decides is named where it matters."""
    if subject.limit is not None:
        expected(subject.limit, *(each for each in Bound if each is not Bound.WITHIN))
    is_full = case.choice("compared") == Compared.FULL
    found = [*doubts]
    if subject.limit is not None and subject.limit.bound is not Bound.NONE:
        rounded = case.rounded(subject.quantity, exact)
        if is_met(subject.limit, rounded) != is_met(subject.limit, exact):
            reason = Message("standards.doubt.rounded_value", {"exact": f"{cut(exact, 4):f}"})
            found.append(Doubt(case.choice_confidence("compared"), reason))
    return judged(case, subject, exact, found, advice, Manner(full=is_full))


def by_set(case: Case) -> tuple[str, dict[str, str]]:
    """Return which set of limits holds, and how a card names it."""
    chosen = case.choice("limit_set")
    return chosen, {"set": chosen}


def figures(values: Sequence[Fraction]) -> str:
    """Return several figures in one line."""
    return ", ".join(plain(each) for each in values)


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the arithmetic mean; there must be one value."""
    return sum(values, Fraction(0)) / len(values)
