"""The check of the on-board diagnosis judged: its findings counted, open monitors sent away, decisive or not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement, Manner, Subject, invalid, judged, not_judged
from carcheck_desktop.standards.emission.checks.decisive import Decisive, decisive
from carcheck_desktop.standards.emission.checks.overall import overall_card
from carcheck_desktop.standards.emission.checks.record import Communication, EmissionOverall, Obd, PartResult
from carcheck_desktop.standards.emission.formulas.figures import missing, out_of_range

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case

OBD_ITEM = "OBD"
NEEDED = ("communication", "malfunction_lamp_on", "open_monitors")
"""What must be known for a pass."""
MOST_MONITORS = 100


def judge_obd(case: Case, record: Obd) -> Judgement:
    """Judge the diagnosis, and the whole inspection where the other parts are given too.

    Raises `DataError` naming a fact of the vehicle or a field that is missing or cannot be.
    """
    found = decisive(case, record.production_date)
    card = _card(case, record, found)
    if record.appearance is None or record.exhaust is None:
        return Judgement((card,))
    parts = EmissionOverall(record.appearance, _part(card), record.exhaust, record.production_date)
    return Judgement((card, overall_card(case, parts, found)))


def findings_of(record: Obd) -> list[str]:
    """Name everything that is not in order, the gravest first."""
    read, registered = ("".join((vin or "").split()).upper() for vin in (record.vin_read, record.vin_registered))
    is_other_vin = bool(read and registered and read != registered)
    checks = {
        "calibration_abnormal": record.calibration_abnormal is True,
        "vin_differs": is_other_vin,
        "no_communication": record.communication not in (None, Communication.GOOD),
        "lamp_on": record.malfunction_lamp_on is True,
        "lamp_broken": record.malfunction_lamp_works is False,
        "codes_stored": bool(record.trouble_codes),
    }
    return [name for name, is_found in checks.items() if is_found]


def _card(case: Case, record: Obd, found: Decisive) -> VerdictCard:
    findings = findings_of(record)
    if record.result is PartResult.FAIL and not findings:
        findings = ["failed"]
    subject = Subject(OBD_ITEM, Quantity.OBD, case.limit(Quantity.OBD), _inputs(case, record, findings) | found.inputs)
    if record.result is PartResult.INVALID:
        return _counting(invalid(case, subject, Message("standards.obd.invalid")), found)
    reason = None if findings else _open(case, record)
    if reason is not None:
        return _counting(not_judged(case, subject, reason), found)
    doubts = [*found.doubts]
    if findings == ["codes_stored"]:
        doubts.append(Doubt(Confidence.RECALLED, Message("standards.doubt.obd_codes")))
    advice = Message(f"standards.obd.{findings[0]}") if findings else None
    if findings and not found.is_decisive:
        advice = Message("standards.obd.not_decisive")
    return judged(case, subject, Fraction(len(findings)), doubts, advice, Manner(counts=found.is_decisive))


def _open(case: Case, record: Obd) -> Message | None:
    """Say why nothing can be concluded yet; None where it can."""
    if record.result is PartResult.NOT_COMPLETE:
        return Message("standards.obd.come_back_again")
    if record.open_monitors is not None:
        if not 0 <= record.open_monitors <= MOST_MONITORS:
            raise out_of_range("open_monitors", record.open_monitors, f"0 – {MOST_MONITORS}")
        most = int(case.constant("obd_open_monitors"))
        if record.open_monitors > most:
            return Message("standards.obd.come_back", {"open": record.open_monitors, "most": most})
    if record.result in (PartResult.PASS, PartResult.EXEMPT):
        return None
    lacking = [name for name in NEEDED if getattr(record, name) is None]
    if len(lacking) == len(NEEDED):
        raise missing("result")
    return Message("standards.petrol.not_checked", {"items": ", ".join(lacking)}) if lacking else None


def _inputs(case: Case, record: Obd, findings: list[str]) -> dict[str, str]:
    given = {
        "result": record.result, "communication": record.communication,
        "malfunction_lamp_on": _yes(record.malfunction_lamp_on), "open_monitors": record.open_monitors,
        "trouble_codes": None if record.trouble_codes is None else ", ".join(record.trouble_codes) or "-",
        "vin_read": record.vin_read, "vin_registered": record.vin_registered,
    }  # fmt: skip
    shown = {name: str(value) for name, value in given.items() if value is not None}
    return shown | {"findings": ", ".join(findings) or "-", "most_open": str(int(case.constant("obd_open_monitors")))}


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _counting(card: VerdictCard, found: Decisive) -> VerdictCard:
    return replace(card, counts=found.is_decisive)


def _part(card: VerdictCard) -> PartResult:
    """Return what the card came to as a part of the whole."""
    return {"pass": PartResult.PASS, "fail": PartResult.FAIL, "invalid": PartResult.INVALID}.get(
        card.outcome.value, PartResult.NOT_COMPLETE
    )
