"""What the forms are made from: the vehicle, the plan, what people found, verdict cards, people, and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import VerdictCard
from carcheck_desktop.standards.planning.entries import InspectionPlan


class ManualResult(StrEnum):
    """What an inspector found, with the codes of the upload; what nobody looked at is not tested and never passed."""

    NOT_TESTED = "0"
    PASS = "1"  # noqa: S105 - a result, not a secret
    FAIL = "2"


class Duty(StrEnum):
    """Who signs: manual inspectors, driver, login clerk, and the authorised signatory (授权签字人)."""

    LOOKS = "looks"
    DYNAMIC = "dynamic"
    UNDERBODY = "underbody"
    DRIVER = "driver"
    CLERK = "clerk"
    SIGNATORY = "signatory"


@dataclass(frozen=True, slots=True)
class Found:
    """An inspector's result of one manual item, with explanation and remark."""

    result: ManualResult
    explanation: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A person with the number of the identity card that the upload wants."""

    name: str
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Owner as the manual form has him; masked on every screen."""

    name: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbers and days of an inspection, and the program that made the paper; `table_hashes` by the edition's name."""

    report_number: str = ""
    serial: str = ""
    station: str = ""
    line: str = ""
    inspected_on: date | None = None
    logged_in_at: datetime | None = None
    mileage_km: int | None = None
    software: str = ""
    table_hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormData:
    """Everything of one inspection that the papers show.

    `manual` is by the number of the item, `counts` by item code: how often it was tested in this inspection. `measured` are
    values written down by hand, by a label. `towed_by` is the result of the tractor a trailer was tested with.
    """

    vehicle: Vehicle
    inspection: InspectionKind
    plan: InspectionPlan
    sheet: Sheet
    manual: Mapping[int, Found] = field(default_factory=dict)
    cards: tuple[VerdictCard, ...] = ()
    people: Mapping[Duty, Signer] = field(default_factory=dict)
    owner: Owner = field(default_factory=Owner)
    counts: Mapping[str, int] = field(default_factory=dict)
    measured: tuple[tuple[Message, str], ...] = ()
    advice: tuple[Message, ...] = ()
    remarks: tuple[str, ...] = ()
    towed_by: str = ""
