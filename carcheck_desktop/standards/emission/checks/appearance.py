"""The check by eye judged: items that are not in order are counted, items nobody looked at keep it open."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Fuel
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import AS_USUAL, Judgement, Subject, judged, not_judged
from carcheck_desktop.standards.emission.checks.record import Appearance, Finding
from carcheck_desktop.standards.emission.formulas.figures import missing

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

APPEARANCE_ITEM = "appearance"
FAILS_NOTHING = "fit_for_dynamometer"
OF_PETROL = frozenset(("crankcase_ventilation", "evaporation_system"))
OF_DIESEL = frozenset(("electronic_pump",))


def judge_appearance(case: Case, record: Appearance) -> Judgement:
    """Judge the check by eye; raise `DataError` where no item was given."""
    given = {each.name: getattr(record, each.name) for each in fields(record)}
    if all(finding is None for finding in given.values()):
        raise missing("mechanical_condition")
    failed = [name for name, finding in given.items() if finding is Finding.FAIL and name != FAILS_NOTHING]
    lacking = [name for name, finding in given.items() if finding is None and name not in _spared(case)]
    inputs = {name: finding.value for name, finding in given.items() if finding is not None}
    inputs["failed"] = ", ".join(failed) or "-"
    subject = Subject(APPEARANCE_ITEM, Quantity.APPEARANCE, case.limit(Quantity.APPEARANCE), inputs)
    if lacking and not failed:
        reason = Message("standards.petrol.not_checked", {"items": ", ".join(lacking)})
        return Judgement((not_judged(case, subject, reason),))
    if not failed and Finding.PASS not in given.values():
        return Judgement((not_judged(case, subject, Message("standards.petrol.nothing_checked")),))
    advice = Message("standards.petrol.appearance_failed", {"items": ", ".join(failed)})
    return Judgement((judged(case, subject, Fraction(len(failed)), (), advice, AS_USUAL),))


def _spared(case: Case) -> frozenset[str]:
    """Return the items that need not be given for a vehicle of this fuel."""
    letters = (case.vehicle.fuel or "").upper()
    if Fuel.DIESEL in letters:
        return OF_PETROL | {FAILS_NOTHING}
    return OF_DIESEL | {FAILS_NOTHING} if letters else frozenset((FAILS_NOTHING,))
