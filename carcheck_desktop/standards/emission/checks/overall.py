"""The whole emission inspection: check by eye, diagnosis where it decides, and exhaust."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import AS_USUAL, Judgement, Subject, invalid, judged, not_judged
from carcheck_desktop.standards.emission.checks.decisive import Decisive, decisive
from carcheck_desktop.standards.emission.checks.record import EmissionOverall, PartResult

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case

OVERALL_ITEM = "emission"
DONE = (PartResult.PASS, PartResult.FAIL, PartResult.EXEMPT)


def judge_overall(case: Case, record: EmissionOverall) -> Judgement:
    """Conclude the whole inspection; raise `DataError` naming a fact of the vehicle that is missing."""
    return Judgement((overall_card(case, record, decisive(case, record.production_date)),))


def overall_card(case: Case, parts: EmissionOverall, found: Decisive) -> VerdictCard:
    """Return the card of the whole.

    A check by eye or a deciding diagnosis that failed is final, so it fails the whole; else an invalid part makes it invalid,
    a failed one fails it, a missing one leaves it open, and so does a whole of which nothing was checked.
    """
    asked = {"appearance": parts.appearance, "exhaust": parts.exhaust}
    if found.is_decisive:
        asked["obd"] = parts.obd
    failed = [name for name, result in asked.items() if result is PartResult.FAIL]
    if parts.smoke_seen_during_test:
        failed.append("smoke")
    shown = {"appearance": parts.appearance, "obd": parts.obd, "exhaust": parts.exhaust}
    inputs = {name: result.value for name, result in shown.items() if result is not None} | found.inputs
    inputs |= {"failed": ", ".join(failed) or "-"}
    if parts.smoke_seen_during_test is not None:
        inputs["smoke_seen_during_test"] = "yes" if parts.smoke_seen_during_test else "no"
    subject = Subject(OVERALL_ITEM, Quantity.EMISSION_OVERALL, case.limit(Quantity.EMISSION_OVERALL), inputs)
    is_final = bool({"appearance", "obd"} & {*failed})
    if PartResult.INVALID in asked.values() and not is_final:
        return invalid(case, subject, Message("standards.petrol.part_invalid"))
    lacking = [name for name, result in asked.items() if result not in DONE]
    if lacking and not failed:
        return not_judged(case, subject, Message("standards.petrol.not_checked", {"items": ", ".join(lacking)}))
    if not failed and PartResult.PASS not in asked.values():
        return not_judged(case, subject, Message("standards.petrol.nothing_checked"))
    advice = Message("standards.petrol.part_failed", {"parts": ", ".join(failed)})
    doubts = found.doubts if parts.obd is PartResult.FAIL and not {"appearance", "exhaust", "smoke"} & {*failed} else ()
    return judged(case, subject, Fraction(len(failed)), doubts, advice, AS_USUAL)
