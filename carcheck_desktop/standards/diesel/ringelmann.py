"""The shade of smoke by eye against the Ringelmann chart (林格曼黑度, GB 3847 annex D)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject
from carcheck_desktop.standards.diesel.holding import RINGELMANN, by_set, held
from carcheck_desktop.standards.records.figures import between
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

BLACKEST = 5


@dataclass(frozen=True, slots=True)
class Ringelmann:
    """The darkest shade of smoke seen."""

    grade: Decimal
    """Grade of the chart from 0 (none) to 5 (black); halves may be given, nothing between them."""


def judge_ringelmann(case: Case, record: Ringelmann) -> Judgement:
    """Hold the shade against the grade that must not be exceeded."""
    grade = between("grade", record.grade, 0, BLACKEST)
    if (grade * 2).denominator != 1:
        raise DataError("standards.record.wrong_value", field="grade", value=plain(grade), allowed="0, 0.5, 1 … 5")
    chosen, shown = by_set(case)
    limit = case.limit(Quantity.RINGELMANN, limit_set=chosen)
    subject = Subject(RINGELMANN, Quantity.RINGELMANN, limit, shown | {"grade": plain(grade)})
    return Judgement((held(case, subject, grade, Message("standards.advice.smoke")),))
