"""Raw measurements: what a step records and the verdict is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Origin(StrEnum):
    """Where a value comes from; a training station only ever has `simulator`."""

    HARDWARE = "hardware"
    SIMULATOR = "simulator"


class StopReason(StrEnum):
    """Why a bench stopped its rollers."""

    NONE = "none"
    LEFT_LOCKED = "left_locked"
    RIGHT_LOCKED = "right_locked"
    BOTH_LOCKED = "both_locked"
    TIME_OUT = "time_out"
    HOST_COMMAND = "host_command"
    DEVICE_ERROR = "device_error"
    HOST_SILENT = "host_silent"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Curve:
    """A brake curve, every sample of it; its canonical JSON is the blob that is kept.

    Sample `i` was taken `i * interval_ms` after the first; forces in daN, as the device gave
    them. `lost` holds indices whose samples never arrived: their places carry 0 in both lists
    and are never judged.
    """

    interval_ms: int
    left_daN: tuple[int, ...]
    right_daN: tuple[int, ...]
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentUsed:
    """Which instrument measured: enough to find it again in ten years."""

    device: str
    driver: str
    driver_version: str
    port: str


@dataclass(frozen=True, slots=True)
class Effort:
    """What an item cost: samples recorded and lost, bytes on the wire, seconds of the lane's clock.

    `dwell_s` names each dwell that the procedure demands with the time it really had, counted in
    the device's own samples where it has them.
    """

    samples: int
    lost_samples: int
    wire_bytes: int
    duration_s: Decimal
    dwell_s: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class AxleWeighing:
    """Static wheel loads of one axle from the scale."""

    axle: int
    left_kg: Decimal
    right_kg: Decimal


@dataclass(frozen=True, slots=True)
class ServiceBrakeRun:
    """One run of an axle on the rollers.

    The maxima and the pair of greatest difference are not stored: standards take them from the
    curve. `drag_*_daN` is the mean rolling drag before the pedal; `left_kg`, `right_kg` are the
    weighed static loads the run is judged with; `press_index` is the first sample after the
    driver was asked to press.
    """

    axle: int
    left_kg: Decimal
    right_kg: Decimal
    drag_left_daN: Decimal
    drag_right_daN: Decimal
    press_index: int
    stop_reason: StopReason
    curve_digest: str


@dataclass(frozen=True, slots=True)
class ParkingBrakeRun:
    """One parking axle on the rollers, lever pulled; `vehicle_kg` is the sum of all axles."""

    axle: int
    vehicle_kg: Decimal
    press_index: int
    stop_reason: StopReason
    curve_digest: str
