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
    """How a value stands to its limit; `ABOVE` and `BELOW` leave the limit itself out: a value exactly there fails."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"

    @property
    def sign(self) -> str:
        """The sign as people write it."""
        return {">=": "≥", "<=": "≤"}.get(self.value, self.value)

    @property
    def is_most(self) -> bool:
        """Say whether the limit is an upper one."""
        return self in (Comparison.AT_MOST, Comparison.BELOW)

    @property
    def strict(self) -> Comparison:
        """The same side with the limit itself left out."""
        return Comparison.BELOW if self.is_most else Comparison.ABOVE


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
    """What is computed, and judged where the tables have a limit for it."""

    # brakes on a bench
    AXLE_BRAKE_RATE = "axle_brake_rate"
    IMBALANCE = "imbalance"
    WHOLE_VEHICLE_BRAKE_RATE = "whole_vehicle_brake_rate"
    LADEN_WHOLE_VEHICLE_BRAKE_RATE = "laden_whole_vehicle_brake_rate"
    PARKING_BRAKE_RATE = "parking_brake_rate"
    LOADED_AXLE_BRAKE_RATE = "loaded_axle_brake_rate"
    # brakes on the road
    ROAD_DECELERATION = "road_deceleration"
    ROAD_STOPPING_DISTANCE = "road_stopping_distance"
    ROAD_COORDINATION_TIME = "road_coordination_time"
    ROAD_CHANNEL = "road_channel"
    ROAD_PARKING_HOLD = "road_parking_hold"
    # the rest of safety
    SIDESLIP = "sideslip"
    WHEEL_OFFSET = "wheel_offset"
    HEADLAMP_INTENSITY = "headlamp_intensity"
    HEADLAMP_SUM = "headlamp_sum"
    LOW_BEAM_HEIGHT = "low_beam_height"
    LOW_BEAM_SIDE = "low_beam_side"
    HIGH_BEAM_HEIGHT = "high_beam_height"
    HIGH_BEAM_SIDE = "high_beam_side"
    SPEEDOMETER = "speedometer"
    CURB_MASS = "curb_mass"
    EMPTY_MASS = "empty_mass"
    LIGHT_TRUCK_MASS = "light_truck_mass"
    OUTLINE = "outline"
    WHEELBASE = "wheelbase"
    TREAD_DEPTH = "tread_depth"
    # what is told besides
    MONTHS_TO_INSPECTION = "months_to_inspection"
    # exhaust of petrol
    HIGH_IDLE_CO = "high_idle_co"
    HIGH_IDLE_HC = "high_idle_hc"
    HIGH_IDLE_LAMBDA = "high_idle_lambda"
    IDLE_CO = "idle_co"
    IDLE_HC = "idle_hc"
    ASM5025_CO = "asm5025_co"
    ASM5025_HC = "asm5025_hc"
    ASM5025_NO = "asm5025_no"
    ASM2540_CO = "asm2540_co"
    ASM2540_HC = "asm2540_hc"
    ASM2540_NO = "asm2540_no"
    VMAS_CO = "vmas_co"
    VMAS_HC = "vmas_hc"
    VMAS_NOX = "vmas_nox"
    TRANSIENT_CO = "transient_co"
    TRANSIENT_HC_NOX = "transient_hc_nox"
    # exhaust of diesel
    FREE_ACCELERATION_K = "free_acceleration_k"
    LUGDOWN_K100 = "lugdown_k100"
    LUGDOWN_K80 = "lugdown_k80"
    LUGDOWN_NOX = "lugdown_nox"
    LUGDOWN_POWER = "lugdown_power"
    RINGELMANN = "ringelmann"
    OPACITY = "opacity"
    VELOCITY_AT_MAX_POWER = "velocity_at_max_power"
    # what is computed on the way to exhaust results
    EXCESS_AIR = "excess_air"
    DILUTION_FACTOR = "dilution_factor"
    CORRECTED_CO2 = "corrected_co2"
    HUMIDITY_FACTOR = "humidity_factor"
    ABSOLUTE_HUMIDITY = "absolute_humidity"
    REFERENCE_MASS = "reference_mass"
    ASM5025_POWER = "asm5025_power"
    ASM2540_POWER = "asm2540_power"
    DILUTION_RATIO = "dilution_ratio"
    EXHAUST_FLOW = "exhaust_flow"
    VMAS_DISTANCE = "vmas_distance"
    VMAS_CO_MASS_FLOW = "vmas_co_mass_flow"
    VMAS_HC_MASS_FLOW = "vmas_hc_mass_flow"
    VMAS_NOX_MASS_FLOW = "vmas_nox_mass_flow"
    LIGHT_ABSORPTION = "light_absorption"
    ATMOSPHERIC_FACTOR = "atmospheric_factor"
    POWER_CORRECTION_FACTOR = "power_correction_factor"
    CORRECTED_POWER = "corrected_power"
    WHEEL_POWER_SHARE = "wheel_power_share"
    # on-board diagnosis and the check by eye
    OBD = "obd"
    APPEARANCE = "appearance"
    EMISSION_OVERALL = "emission_overall"
    EMISSION_METHOD = "emission_method"
    # equipment of an emission lane
    COAST_DOWN_TIME = "coast_down_time"
    COAST_DOWN_SHORTEST = "coast_down_shortest"
    COAST_DOWN_LONGEST = "coast_down_longest"
    COAST_DOWN_ERROR = "coast_down_error"
    PARASITIC_POWER = "parasitic_power"
    LOAD_ERROR = "load_error"
    ANALYSER_HC = "analyser_hc"
    ANALYSER_CO = "analyser_co"
    ANALYSER_CO2 = "analyser_co2"
    ANALYSER_NO = "analyser_no"
    ANALYSER_NO2 = "analyser_no2"
    ANALYSER_O2 = "analyser_o2"
    NOMINAL_HC = "nominal_hc"
    ANALYSER_RELATIVE_ERROR = "analyser_relative_error"
    O2_SPAN_ERROR = "o2_span_error"
    OPACIMETER_ERROR = "opacimeter_error"
    ANALYSER_RESIDUE = "analyser_residue"
    AIR_HC = "air_hc"
    AIR_CO = "air_co"
    AIR_NO = "air_no"
    CHECK_AGE = "check_age"
    CONVERTER_EFFICIENCY = "converter_efficiency"
    RESPONSE_TIME = "response_time"
    TEMPERATURE_ERROR = "temperature_error"
    HUMIDITY_ERROR = "humidity_error"
    PRESSURE_ERROR = "pressure_error"
    TACHOMETER_ERROR = "tachometer_error"
    # reports compared with each other (supervision)
    FLAGGED_REPORTS = "flagged_reports"


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
    not `sourced`. A card that does not `counts` is held against its limit for whoever reads it, and no conclusion
    rests on it (items of an older edition, a limit that is only recommended).
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
    counts: bool = True

    @property
    def doubtful(self) -> bool:
        """Say whether the limit still needs the paid text."""
        return self.confidence is not Confidence.SOURCED


@dataclass(frozen=True, slots=True)
class Computed:
    """A number on the way to a verdict, or asked for by itself; `exact` is cut to 12 decimals, `rounded` as the tables say."""

    quantity: Quantity
    exact: Decimal
    rounded: Decimal
    unit: str
    inputs: dict[str, str]


def worst(outcomes: list[Outcome]) -> Outcome:
    """Fold outcomes: invalid over fail over not judged over pass; no outcome is not judged."""
    for outcome in (Outcome.INVALID, Outcome.FAIL, Outcome.NOT_JUDGED):
        if outcome in outcomes:
            return outcome
    return Outcome.PASS if outcomes else Outcome.NOT_JUDGED
