"""The fields of the diagnosis, the check by eye, and the whole emission inspection in a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartResult(StrEnum):
    """What a part of the inspection came to, as another program or an inspector gave it."""

    PASS = "pass"  # noqa: S105 - a result, not a secret
    FAIL = "fail"
    NOT_COMPLETE = "not_complete"
    """The vehicle has to come back."""
    INVALID = "invalid"
    EXEMPT = "exempt"
    """Not asked of this vehicle."""


class Communication(StrEnum):
    """What came of connecting to the vehicle's diagnosis."""

    GOOD = "good"
    INTERFACE_DAMAGED = "interface_damaged"
    """接口损坏."""
    INTERFACE_NOT_FOUND = "interface_not_found"
    """找不到接口."""
    NO_ANSWER = "no_answer"
    """连接后不能通讯."""


class Finding(StrEnum):
    """What an item of the check by eye came to."""

    PASS = "pass"  # noqa: S105 - a result, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Obd:
    """Check of the on-board diagnosis: its findings, or only its `result`; and whether it decides, by the day of manufacture.

    The vehicle needs `fuel`, its day of manufacture (here as `production_date`, or `vehicle.manufactured_on`) and, where it
    makes a difference, `vehicle.total_mass_kg`. Without `result`, `communication`, `malfunction_lamp_on` and `open_monitors`
    are needed for a pass. `open_monitors`: monitors whose readiness (就绪状态) is not complete. `trouble_codes`: stored codes.
    `vin_read` and `vin_registered` are compared where both are given and not empty. `appearance` and `exhaust`: what the other
    parts came to; with both, the whole inspection is concluded too.
    """

    result: PartResult | None = None
    production_date: date | None = None
    communication: Communication | None = None
    malfunction_lamp_on: bool | None = None
    malfunction_lamp_works: bool | None = None
    open_monitors: int | None = None
    trouble_codes: tuple[str, ...] | None = None
    vin_read: str | None = None
    vin_registered: str | None = None
    calibration_abnormal: bool | None = None
    appearance: PartResult | None = None
    exhaust: PartResult | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Check by eye before the exhaust test (外观检验); an item that is not given is not checked, and then nothing passes.

    Items of petrol engines (`crankcase_ventilation`, `evaporation_system`) and of diesel engines (`electronic_pump`) need not
    be given for the other. `fit_for_dynamometer` fails nothing: it changes the method. Smoke seen during the exhaust test
    belongs to `emission_overall`.
    """

    mechanical_condition: Finding | None = None
    pollution_control_devices: Finding | None = None
    oil_burning_or_smoke: Finding | None = None
    crankcase_ventilation: Finding | None = None
    evaporation_system: Finding | None = None
    instruments: Finding | None = None
    dangerous_or_disturbing_faults: Finding | None = None
    exhaust_leaks: Finding | None = None
    liquid_leaks: Finding | None = None
    obd_fitted: Finding | None = None
    tyre_pressure: Finding | None = None
    tyres_dry_and_clean: Finding | None = None
    air_conditioning_off: Finding | None = None
    traction_control_off: Finding | None = None
    fuel_normal: Finding | None = None
    electronic_pump: Finding | None = None
    fit_for_dynamometer: Finding | None = None


@dataclass(frozen=True, slots=True)
class EmissionOverall:
    """The whole emission inspection out of its parts; a failed diagnosis decides only for vehicles made late enough.

    A check by eye or a deciding diagnosis that failed fails the whole even where another part is invalid; where no part was
    passed and none failed nothing is concluded. `production_date` must be `vehicle.manufactured_on` where both are given.
    `smoke_seen_during_test`: visible black or blue smoke during the exhaust test fails the inspection, not the check by eye.
    """

    appearance: PartResult | None = None
    obd: PartResult | None = None
    exhaust: PartResult | None = None
    production_date: date | None = None
    smoke_seen_during_test: bool | None = None
