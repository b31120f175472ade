"""The three papers filled in: pure functions from everything of an inspection to what stands on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Purpose, Quantity
from carcheck_desktop.standards.families.planning import InspectionPart
from carcheck_desktop.standards.forms.basics import imprint, is_asked, manual_rows, pairs, signature, signatures
from carcheck_desktop.standards.forms.blocks import (
    InstrumentForm,
    LampRow,
    ManualForm,
    Pair,
    Report,
    ResultRow,
    ValueRow,
)
from carcheck_desktop.standards.forms.brakes import brake_rows
from carcheck_desktop.standards.forms.given import Duty
from carcheck_desktop.standards.forms.texts import NOTHING, Sign, limit_text, sign_of, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.forms.given import FormData
    from carcheck_desktop.standards.planning.entries import Entry

MANUAL_BASICS = (
    "serial",
    "plate",
    "plate_kind",
    "category",
    "use",
    "mileage",
    "registered_on",
    "manufactured_on",
    "inspected_on",
)
HEAD = (
    "serial", "driver", "inspected_on", "inspection", "items", "clerk", "plate", "plate_kind", "vehicle_type",
    "brand_model", "vin", "engine_number", "registered_on", "manufactured_on", "fuel", "drive", "parking_axles",
    "front_suspension", "curb_mass", "lamp_system",
)  # fmt: skip
REPORT_BASICS = (
    "report_number", "station", "plate", "vehicle_type", "brand_model", "use", "registered_on", "manufactured_on",
    "inspected_on", "vin", "engine_number",
)  # fmt: skip
BY_HAND = (Duty.LOOKS, Duty.DYNAMIC, Duty.UNDERBODY)
AT_THE_LINE = (Duty.DRIVER, Duty.CLERK)
LAMPS = ("H1", "H2", "H3", "H4")
VALUES = (
    Quantity.SIDESLIP, Quantity.ROAD_DECELERATION, Quantity.ROAD_STOPPING_DISTANCE, Quantity.ROAD_COORDINATION_TIME,
    Quantity.ROAD_CHANNEL, Quantity.ROAD_PARKING_HOLD, Quantity.OUTLINE, Quantity.CURB_MASS, Quantity.EMPTY_MASS,
    Quantity.LIGHT_TRUCK_MASS, Quantity.WHEEL_OFFSET,
)  # fmt: skip
"""What the instrument form shows behind brakes and lamps, in its order."""
WEIGHING = "W"
CONCLUSIONS = {
    Sign.PASS: Message("standards.forms.passed"),
    Sign.FAIL: Message("standards.forms.failed"),
    Sign.NONE: Message("standards.forms.open"),
}


def manual_form(data: FormData) -> ManualForm:
    """Return the form of the manual part."""
    rows = manual_rows(data)
    return ManualForm(
        basics=pairs(data, MANUAL_BASICS),
        rows=rows,
        failed=tuple(row for row in rows if row.sign is Sign.FAIL),
        measured=tuple(Pair(label, value or NOTHING) for label, value in data.measured),
        owner=data.owner,
        advice=data.advice,
        signatures=signatures(data, BY_HAND),
        imprint=imprint(data),
    )


def instrument_form(data: FormData) -> InstrumentForm:
    """Return the form of the instruments; what was not measured has "—" and was tested 0 times."""
    return InstrumentForm(
        head=pairs(data, HEAD),
        brakes=brake_rows(data),
        lamps=tuple(_lamp(data, item) for item in LAMPS),
        values=tuple(_value(data, card) for quantity in VALUES for card in data.cards if card.quantity is quantity),
        towed_by=data.towed_by or NOTHING,
        total_count=sum(data.counts.values()),
        remarks=data.remarks,
        line=data.sheet.line or NOTHING,
        signatures=signatures(data, AT_THE_LINE),
        imprint=imprint(data),
    )


def report(data: FormData) -> Report:
    """Return the report; its conclusion passes only what was tested whole."""
    sign = conclusion(data)
    counting = [card for card in data.cards if card.counts]
    others = [card for card in data.cards if not card.counts and card.rounded is not None]
    return Report(
        basics=pairs(data, REPORT_BASICS),
        conclusion=CONCLUSIONS[sign],
        sign=sign,
        signatory=signature(data, Duty.SIGNATORY),
        manual=manual_rows(data),
        instruments=tuple(_result(number, card) for number, card in enumerate(counting, 1)),
        reminders=tuple(_result(number, card) for number, card in enumerate(others, 1)),
        advice=data.advice,
        remarks=data.remarks,
        imprint=imprint(data),
    )


def conclusion(data: FormData) -> Sign:
    """Return the sign of the whole inspection: any failed item fails it; without every asked item it is open, never passed."""
    manual = {row.number: row.sign for row in manual_rows(data)}
    if Sign.FAIL in manual.values() or sign_of(data.cards) is Sign.FAIL:
        return Sign.FAIL
    asked = [each for each in data.plan.entries if Purpose.SAFETY in each.purposes and is_asked(each)]
    signs = [manual[each.number] for each in asked if each.number]
    signs += [_sign(data.cards, each) for each in asked if each.stage is InspectionPart.INSTRUMENT and _has_sign(each)]
    signs.append(sign_of(data.cards))
    if any(each.code.startswith("B") for each in asked):
        signs.append(_of_item(data.cards, WHOLE_ITEM))
    return Sign.PASS if set(signs) == {Sign.PASS} else Sign.NONE


def _has_sign(entry: Entry) -> bool:
    return not entry.code.startswith(WEIGHING)


def _sign(cards: Sequence[VerdictCard], entry: Entry) -> Sign:
    """Return the sign of an instrument item; one whose number of places nobody knows goes by the beginning of its code."""
    if entry.code[-1:].isdigit():
        return _of_item(cards, entry.code)
    return sign_of([card for card in cards if card.item.startswith(entry.code) and card.item != WHOLE_ITEM])


def _of_item(cards: Sequence[VerdictCard], item: str) -> Sign:
    """Return the sign of an item; cards that only say that there is no limit for it are as good as a pass."""
    own = [card for card in cards if card.item == item]
    if own and not any(card.counts for card in own):
        return Sign.PASS
    return sign_of(own)


def _lamp(data: FormData, item: str) -> LampRow:
    own = [card for card in data.cards if card.item == item and card.quantity is Quantity.HEADLAMP_INTENSITY]
    shown = value_text(own[0]) if own else NOTHING
    return LampRow(item, shown, sign_of(own), data.counts.get(item, 0))


def _value(data: FormData, card: VerdictCard) -> ValueRow:
    return ValueRow(
        card.item, word(card.quantity), value_text(card), limit_text(card), sign_of([card]), data.counts.get(card.item, 0)
    )  # fmt: skip


def _result(number: int, card: VerdictCard) -> ResultRow:
    return ResultRow(
        number=number,
        item=card.item,
        name=word(card.quantity),
        result=value_text(card),
        limit=limit_text(card),
        sign=sign_of([card]),
        remark=card.reason,
        doubtful=card.doubtful,
    )
