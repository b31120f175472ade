"""What may help where a quantity failed, as general workshop knowledge: advice for the paper, never part of a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.verdicts import VerdictCard

Q = Quantity
TOPICS: dict[str, tuple[Quantity, ...]] = {
    "service_brake": (
        Q.AXLE_BRAKE_RATE, Q.WHOLE_VEHICLE_BRAKE_RATE, Q.LADEN_WHOLE_VEHICLE_BRAKE_RATE, Q.LOADED_AXLE_BRAKE_RATE,
        Q.ROAD_DECELERATION, Q.ROAD_STOPPING_DISTANCE,
    ),
    "imbalance": (Q.IMBALANCE, Q.ROAD_CHANNEL),
    "brake_delay": (Q.ROAD_COORDINATION_TIME,),
    "parking_brake": (Q.PARKING_BRAKE_RATE, Q.ROAD_PARKING_HOLD),
    "sideslip": (Q.SIDESLIP, Q.WHEEL_OFFSET),
    "headlamp": (Q.HEADLAMP_INTENSITY,),
    "lamps_too_bright": (Q.HEADLAMP_SUM,),
    "body": (Q.CURB_MASS, Q.EMPTY_MASS, Q.LIGHT_TRUCK_MASS, Q.OUTLINE, Q.WHEELBASE),
    "tyres": (Q.TREAD_DEPTH,),
    "mixture": (
        Q.HIGH_IDLE_CO, Q.IDLE_CO, Q.HIGH_IDLE_LAMBDA, Q.ASM5025_CO, Q.ASM2540_CO, Q.VMAS_CO, Q.TRANSIENT_CO,
    ),
    "unburnt": (
        Q.HIGH_IDLE_HC, Q.IDLE_HC, Q.ASM5025_HC, Q.ASM2540_HC, Q.VMAS_HC, Q.TRANSIENT_HC_NOX,
    ),
    "nitrogen_oxides": (Q.ASM5025_NO, Q.ASM2540_NO, Q.VMAS_NOX, Q.LUGDOWN_NOX),
    "smoke": (Q.FREE_ACCELERATION_K, Q.LUGDOWN_K100, Q.LUGDOWN_K80, Q.RINGELMANN),
    "power": (Q.LUGDOWN_POWER,),
    "diagnosis": (Q.OBD,),
    "appearance": (Q.APPEARANCE,),
}  # fmt: skip
"""Which advice is for which quantities."""
OF_QUANTITY = {quantity: topic for topic, quantities in TOPICS.items() for quantity in quantities}


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice with the quantities that failed, and how well it is known."""

    message: Message
    quantities: tuple[Quantity, ...]
    confidence: Confidence = Confidence.RECALLED


def advice_for(cards: Iterable[VerdictCard]) -> tuple[Advice, ...]:
    """Return what may help against everything that failed, each piece once, in the order of the failures."""
    failed: dict[str, list[Quantity]] = {}
    for card in cards:
        topic = OF_QUANTITY.get(card.quantity)
        if topic is not None and card.counts and card.outcome is Outcome.FAIL:
            quantities = failed.setdefault(topic, [])
            if card.quantity not in quantities:
                quantities.append(card.quantity)
    return tuple(Advice(Message(f"standards.repair.{topic}"), tuple(found)) for topic, found in failed.items())
