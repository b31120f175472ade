"""What is missing, wrong or doubtful in a draft, and the vehicle it makes; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.messages import Message, Problem, params_of
from carcheck_desktop.domain.identity import vin_advice
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldKind, FieldPage, FieldSpec, Value, read_value

if TYPE_CHECKING:
    from carcheck_desktop.ui.counter.draft.draft import Draft

FIELD_OF: dict[str, str] = {
    "desk.intake.bad_plate": "plate",
    "desk.intake.bad_masses": "curb_mass_kg",
    "desk.intake.bad_seats": "seats",
    "desk.intake.bad_axles": "parking_axles",
    "desk.intake.bad_dates": "registered_on",
    "desk.checks.bad_vin": "vin",
    "desk.checks.bad_validity": "valid_until",
    "desk.checks.bad_telephone": "telephone",
    "desk.checks.odd_curb": "curb_mass_kg",
    "desk.checks.odd_total": "total_mass_kg",
    "desk.checks.registered_late": "registered_on",
    "desk.checks.very_old": "manufactured_on",
    "desk.checks.overdue": "valid_until",
    "desk.checks.other_category": "vehicle_type",
    "desk.checks.other_use": "use_code",
    "domain.identity.plate_letters": "plate",
    "domain.identity.plate_length": "plate",
    "domain.identity.plate_energy": "plate",
    "domain.identity.vin_length": "vin",
    "domain.identity.vin_letters": "vin",
    "domain.identity.vin_check": "vin",
    "standards.plan.axles": "axles",
    "standards.plan.parking_axles": "parking_axles",
    "standards.plan.made_later": "manufactured_on",
    "standards.plan.registered_later": "registered_on",
}
"""Where a problem belongs, by its code; others name their field in a parameter, or belong to none."""


def field_of(problem: Problem) -> str:
    """Return the field that a problem is about, "" when it is about none of ours."""
    named = str(problem.params.get("field", ""))
    return named if named in FIELDS or named == "presenter" else FIELD_OF.get(problem.code, "")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of fields, and the vehicle when it is whole.

    `missing` are the asked fields without a value, `faults` those whose value cannot be; `doubts` may be meant so.
    """

    missing: tuple[str, ...]
    faults: dict[str, Message]
    doubts: dict[str, Message | Problem]
    vehicle: Vehicle | None
    inspection: InspectionKind

    def is_open(self, name: str) -> bool:
        """Say whether somebody has to do something about a field."""
        return name in self.missing or name in self.faults or name in self.doubts

    def open_on(self, page: FieldPage) -> tuple[str, ...]:
        """Return the fields of a page about which something has to be done, in their order."""
        return tuple(name for name, spec in FIELDS.items() if spec.page is page and self.is_open(name))

    def blocking_on(self, page: FieldPage) -> tuple[str, ...]:
        """Return those of them that keep anybody from going on."""
        return tuple(name for name in self.open_on(page) if name in self.missing or name in self.faults)


def check(draft: Draft, today: date) -> Checked:
    """Check a draft."""
    values = {name: read_value(spec, draft.text(name), today) for name, spec in FIELDS.items()}
    asked = (name for name, spec in FIELDS.items() if spec.asked and draft.is_shown(name))
    missing = tuple(name for name in asked if not draft.text(name).strip())
    faults = {name: _fault(FIELDS[name], value) for name, value in values.items() if value.fault}
    for name, code in _contradictions({name: value.value for name, value in values.items() if not value.fault}):
        faults.setdefault(name, Message(code))
    doubts = {name: said for name, said in _doubts(draft, values).items() if name not in draft.confirmed}
    vehicle = None if missing or faults else _vehicle(draft, {name: each.value for name, each in values.items()})
    inspection = values["inspection"].value or InspectionKind.IN_USE
    return Checked(missing, faults, doubts, vehicle, inspection)


def _fault(spec: FieldSpec, value: Value) -> Message:
    if spec.kind is FieldKind.NUMBER:
        rule = spec.rule
        return Message(value.fault, params_of({"least": rule.least, "most": rule.most, "unit": rule.unit}))
    return Message(value.fault)


def _contradictions(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Return fields that contradict others, each with a code."""
    found = []
    curb, total = values.get("curb_mass_kg"), values.get("total_mass_kg")
    if curb is not None and total is not None and total < curb:
        found.append(("total_mass_kg", "ui.intake.total_below_curb"))
    made, registered = values.get("manufactured_on"), values.get("registered_on")
    if made is not None and registered is not None and registered < made:
        found.append(("registered_on", "ui.intake.registered_before"))
    return found


def _doubts(draft: Draft, values: dict[str, Value]) -> dict[str, Message | Problem]:
    """Return what is doubtful by field, what is gravest of each: another value found, another one last time, a slip."""
    found: dict[str, Message | Problem] = {}
    for name, entry in draft.entries.items():
        if entry.offered and entry.text and entry.text != entry.offered:
            found[name] = Message("ui.counter.doubt.offered", {"offered": entry.offered})
    answer = draft.answer
    if answer is not None:
        for each in answer.differences:
            # what was typed over both is no longer their quarrel
            if each.field in FIELDS and draft.text(each.field) in (each.ours, each.theirs):
                found.setdefault(each.field, Message("ui.counter.doubt.differs", {"ours": each.ours}))
        for problem in answer.authority.doubts if answer.authority is not None else ():
            found.setdefault(field_of(problem), problem)
    vin = values["vin"]
    for problem in vin_advice(vin.value) if vin.value and not vin.fault else ():
        found.setdefault("vin", problem)
    found.pop("", None)
    return found


def _vehicle(draft: Draft, values: dict[str, Any]) -> Vehicle:
    """Return the vehicle of a draft in which nothing is missing."""
    known = {name: value for name, value in values.items() if name not in ("owner", "inspection") and value is not None}
    return Vehicle(plate=draft.plate, plate_kind=draft.plate_kind, **known)
