"""What all three papers show of vehicle and inspection, who signed, and what the paper rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.forms.blocks import Imprint, ManualRow, Pair, Signature
from carcheck_desktop.standards.forms.given import Duty
from carcheck_desktop.standards.forms.texts import NOTHING, sign_of_result

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from enum import StrEnum

    from carcheck_desktop.standards.forms.given import FormData
    from carcheck_desktop.standards.planning.entries import Entry


def pairs(data: FormData, names: Iterable[str]) -> tuple[Pair, ...]:
    """Return named facts of an inspection with their labels."""
    known = _facts(data)
    return tuple(Pair(Message(f"standards.forms.field.{name}"), known[name]) for name in names)


def manual_rows(data: FormData) -> tuple[ManualRow, ...]:
    """Return the manual items of the plan, each with what was found; what nobody looked at has the sign of nothing."""
    return tuple(_row(data, each) for each in data.plan.entries if each.number)


def is_asked(entry: Entry) -> bool:
    """Say whether an item must have a result before anything passes; what may not be fitted need not."""
    return entry.asked is Asked.ASKED


def signatures(data: FormData, duties: Iterable[Duty]) -> tuple[Signature, ...]:
    """Return who signs for what; a place that nobody signed stays open."""
    return tuple(signature(data, duty) for duty in duties)


def signature(data: FormData, duty: Duty) -> Signature:
    """Return who signs for one duty."""
    person = data.people.get(duty)
    return Signature(duty, person.name, person.id_number) if person is not None else Signature(duty, "", "")


def imprint(data: FormData) -> Imprint:
    """Return the program and the table files behind the paper: those it was told of, else those of the plan."""
    hashes = data.sheet.table_hashes or data.plan.editions
    return Imprint(data.sheet.software, tuple(sorted(hashes.items())))


def _row(data: FormData, entry: Entry) -> ManualRow:
    found = data.manual.get(entry.number)
    return ManualRow(
        number=entry.number,
        name=Message(f"standards.item.{entry.name}") if entry.name else Message("standards.forms.unknown_item"),
        part=entry.stage,
        sign=sign_of_result(found.result if found is not None else None),
        explanation=found.explanation if found is not None else "",
        remark=found.remark if found is not None else "",
    )


def _facts(data: FormData) -> dict[str, str | Message]:
    vehicle, sheet = data.vehicle, data.sheet
    return {
        "report_number": sheet.report_number or NOTHING,
        "serial": sheet.serial or NOTHING,
        "station": sheet.station or NOTHING,
        "plate": vehicle.plate,
        "plate_kind": word(vehicle.plate_kind),
        "category": word(vehicle.category),
        "vehicle_type": vehicle.vehicle_type or NOTHING,
        "use": word(vehicle.use),
        "brand_model": vehicle.brand_model or NOTHING,
        "vin": vehicle.vin or NOTHING,
        "engine_number": vehicle.engine_number or NOTHING,
        "registered_on": _day(vehicle.registered_on),
        "manufactured_on": _day(vehicle.manufactured_on),
        "inspected_on": _day(sheet.inspected_on),
        "inspection": word(data.inspection),
        "mileage": NOTHING if sheet.mileage_km is None else f"{sheet.mileage_km}",
        "fuel": vehicle.fuel or NOTHING,
        "drive": _word(vehicle.drive),
        "parking_axles": ",".join(str(axle) for axle in vehicle.parking_axles) or NOTHING,
        "front_suspension": _word(vehicle.front_suspension),
        "curb_mass": f"{vehicle.curb_mass_kg}",
        "lamp_system": _word(vehicle.lamp_system),
        "items": ",".join(each.code for each in data.plan.entries if each.code and not each.number) or NOTHING,
        "driver": signature(data, Duty.DRIVER).name or NOTHING,
        "clerk": signature(data, Duty.CLERK).name or NOTHING,
    }


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


def _word(member: StrEnum | None) -> str | Message:
    return NOTHING if member is None else word(member)
