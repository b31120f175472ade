"""Verdict cards and plans as data: what standards produces and everyone else shows or stores."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.base.messages import Message, Problem


class Outcome(StrEnum):
    """What a judgement came to; `invalid` means that the measurement does not count."""

    PASS = "pass"  # noqa: S105 - an outcome, not a secret
    FAIL = "fail"
    NOT_JUDGED = "not_judged"
    INVALID = "invalid"


class Comparison(StrEnum):
    """How a value stands to its limit; both include the limit itself."""

    AT_LEAST = ">="
    AT_MOST = "<="


class Confidence(StrEnum):
    """How well a limit's source is known."""

    SOURCED = "sourced"
    SINGLE_SOURCE = "single_source"
    RECALLED = "recalled"
    DISPUTED = "disputed"


class ItemKind(StrEnum):
    """What can be done on a lane (检验项目), as one step each."""

    AXLE_WEIGHING = "axle_weighing"
    SERVICE_BRAKE = "service_brake"
    PARKING_BRAKE = "parking_brake"
    TWO_SPEED_IDLE = "two_speed_idle"


DEVICE_OF = {
    ItemKind.AXLE_WEIGHING: "AxleScale",
    ItemKind.SERVICE_BRAKE: "BrakeTester",
    ItemKind.PARKING_BRAKE: "BrakeTester",
    ItemKind.TWO_SPEED_IDLE: "GasAnalyser",
}
"""Which kind of instrument each kind of item is measured with, as station files and `DeviceView` name it."""


class Purpose(StrEnum):
    """Which inspection an item belongs to: safety (安检), emission (环检), performance (综检)."""

    SAFETY = "safety"
    EMISSION = "emission"
    PERFORMANCE = "performance"


class Quantity(StrEnum):
    """What a verdict card judges."""

    AXLE_BRAKE_RATE = "axle_brake_rate"
    IMBALANCE = "imbalance"
    WHOLE_VEHICLE_BRAKE_RATE = "whole_vehicle_brake_rate"
    PARKING_BRAKE_RATE = "parking_brake_rate"
    HIGH_IDLE_CO = "high_idle_co"
    HIGH_IDLE_HC = "high_idle_hc"
    HIGH_IDLE_LAMBDA = "high_idle_lambda"
    IDLE_CO = "idle_co"
    IDLE_HC = "idle_hc"


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of an inspection's plan with the reason why it is asked.

    `item` is the item code of GB 38900 (B1, B2, B0), W1, W2 for the weighing before it, or the method code of
    the emission platforms (DB two-speed idle); `axle` counts from 1, 0 where the item belongs to no single axle.
    One measurement may serve several `purposes`.
    """

    item: str
    kind: ItemKind
    axle: int
    reason: Message
    purposes: tuple[Purpose, ...] = (Purpose.SAFETY,)


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """Something a vehicle must be asked for and this station cannot do, or cannot tell; shown, never silently replaced."""

    purpose: Purpose
    problem: Problem


WHOLE_ITEM = "whole"
"""What a card names that judges the vehicle and no single item."""


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """One quantity held against its limit, with everything needed to explain and repeat it.

    `item` is the item code (B1 … B0, DB, or `whole`); `exact` is the exact value cut to 12 decimals,
    `rounded` what was judged, `margin` how far the rounded value is on the good side (negative
    when it fails), all in `unit`. `edition` and `table_hash` name the table file; `inputs` are
    the numbers that went in, by name with unit; `doubtful` is set when the limit's confidence is
    not `sourced`.
    """

    item: str
    quantity: Quantity
    rule: str
    edition: str
    table_hash: str
    limit: Decimal | None
    comparison: Comparison | None
    exact: Decimal | None
    rounded: Decimal | None
    unit: str
    margin: Decimal | None
    outcome: Outcome
    source: str
    confidence: Confidence
    inputs: dict[str, str]
    reason: Message | None = None

    @property
    def doubtful(self) -> bool:
        """Say whether the limit still needs the paid text."""
        return self.confidence is not Confidence.SOURCED


def worst(outcomes: list[Outcome]) -> Outcome:
    """Fold outcomes: invalid over fail over not judged over pass; no outcome is not judged."""
    for outcome in (Outcome.INVALID, Outcome.FAIL, Outcome.NOT_JUDGED):
        if outcome in outcomes:
            return outcome
    return Outcome.PASS if outcomes else Outcome.NOT_JUDGED
