"""What the exhaust measurements of a record say together: a method that the vehicle must not have, a fuel that nobody tested."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Subject, not_judged
from carcheck_desktop.standards.emission.cards import ASM_ITEM, TRANSIENT_ITEM, TWO_SPEED_IDLE_ITEM, VMAS_ITEM
from carcheck_desktop.standards.emission.checks.overall import OVERALL_ITEM
from carcheck_desktop.standards.emission.choosing import METHOD_ITEM
from carcheck_desktop.standards.emission.formulas.fuels import fuels_of
from carcheck_desktop.standards.emission.method import EmissionMethod, emission_method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case

METHODS = {
    **dict.fromkeys(("asm", "asm5025", "asm2540", "asm_result"), EmissionMethod.ASM),
    **dict.fromkeys(("two_speed_idle", "two_speed_idle_result"), EmissionMethod.TWO_SPEED_IDLE),
    "vmas": EmissionMethod.VMAS,
    "transient": EmissionMethod.TRANSIENT,
    "lugdown": EmissionMethod.LUGDOWN,
    "free_acceleration": EmissionMethod.FREE_ACCELERATION,
}
"""By which method a kind of measurement was taken."""
LOADED = frozenset((EmissionMethod.ASM, EmissionMethod.VMAS, EmissionMethod.TRANSIENT))
OF_DIESEL = frozenset((EmissionMethod.LUGDOWN, EmissionMethod.FREE_ACCELERATION))
ALLOWED = {
    EmissionMethod.ASM: LOADED,
    EmissionMethod.VMAS: LOADED,
    EmissionMethod.TRANSIENT: LOADED,
    EmissionMethod.TWO_SPEED_IDLE: LOADED | {EmissionMethod.TWO_SPEED_IDLE},
    EmissionMethod.LUGDOWN: frozenset((EmissionMethod.LUGDOWN,)),
    EmissionMethod.FREE_ACCELERATION: OF_DIESEL,
}
"""What a vehicle may be asked for where a method can be taken at all; relaxed ones are a question of supervision."""
ITEMS = frozenset((TWO_SPEED_IDLE_ITEM, ASM_ITEM, VMAS_ITEM, TRANSIENT_ITEM))


def method_remark(case: Case, kind: str, cards: Sequence[VerdictCard]) -> tuple[VerdictCard, ...]:
    """Return a card, on which no conclusion rests, of a vehicle that must not be tested by this method; `case` is of petrol."""
    method = METHODS.get(kind)
    if method is None or not cards:
        return ()
    try:
        found = emission_method(case)
    except DataError:  # a fact that decides is not known: nothing can be said against the method
        return ()
    if found.method is EmissionMethod.UNKNOWN or found.method in ALLOWED[method]:
        return ()
    inputs = {"method": found.method.value, "measured_by": method.value}
    reason = Message("standards.emission.other_method", {"measured": method.value, "asked": found.method.value})
    card = not_judged(case, Subject(METHOD_ITEM, Quantity.EMISSION_METHOD, None, inputs), reason)
    return (replace(card, confidence=found.confidence, counts=False),)


def untested_fuels(case: Case, cards: Sequence[VerdictCard]) -> tuple[VerdictCard, ...]:
    """Return a card that keeps a record open in which a bi-fuel vehicle was tested with some of its fuels only."""
    fuels = [fuel.value for fuel in fuels_of(case.vehicle.fuel or "")]
    tested = {card.inputs.get("fuel") for card in cards if card.item in ITEMS}
    lacking = [fuel for fuel in fuels if fuel not in tested]
    if not tested or len(fuels) < 2 or not lacking:
        return ()
    inputs = {"fuels": ", ".join(fuels), "not_tested": ", ".join(lacking)}
    limit = case.limit(Quantity.EMISSION_OVERALL)
    reason = Message("standards.emission.fuel_not_tested", {"fuels": ", ".join(lacking)})
    return (not_judged(case, Subject(OVERALL_ITEM, Quantity.EMISSION_OVERALL, limit, inputs), reason),)
