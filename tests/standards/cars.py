"""A car, its tables and its runs, for the tests of standards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, ROOT, Catalogue
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain.measurements import Curve, ParkingBrakeRun, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import VerdictCard
from carcheck_desktop.standards.loading.edition import Edition, parse
from carcheck_desktop.standards.verdicts import judge_parking, judge_service_brake

CONTENT = (ROOT / "resources" / "standards" / "gb38900-2020.toml").read_bytes()
TABLES = parse(CONTENT)
ON = date(2026, 3, 1)
IN_USE = InspectionKind.IN_USE
CAR = Vehicle(
    plate="粤A12345",
    plate_kind=PlateKind.SMALL_CAR,
    category=VehicleCategory.SMALL_PASSENGER,
    use=Use.PRIVATE,
    curb_mass_kg=1375,
    total_mass_kg=1750,
    seats=5,
    axles=2,
    parking_axles=(2,),
    registered_on=date(2012, 5, 20),
    manufactured_on=date(2012, 1, 15),
)


def changed(before: str, after: str) -> bytes:
    """Return the table file with one piece of text replaced; it has to be there once."""
    text = CONTENT.decode()
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in the file"
    return text.replace(before, after).encode()


def with_setting(key: str, value: str) -> Edition:
    """Return the tables with another choice for one setting."""
    old = TABLES.settings.at(key, ON).value
    return parse(changed(f'key = "{key}"\nvalue = "{old}"', f'key = "{key}"\nvalue = "{value}"'))


def curve(left_daN: Sequence[int], right_daN: Sequence[int], lost: Sequence[int] = ()) -> Curve:
    return Curve(10, tuple(left_daN), tuple(right_daN), tuple(lost))


def run(
    axle: int = 1, load_kg: Decimal | int = 780, stop: StopReason = StopReason.TIME_OUT, press: int = 0
) -> ServiceBrakeRun:
    """Return a run whose axle carries `load_kg`, half on each wheel."""
    half = Decimal(load_kg) / 2
    return ServiceBrakeRun(axle, half, half, Decimal(5), Decimal(5), press, stop, "0" * 64)


def parked(axle: int = 2, vehicle_kg: Decimal | int = 1370, stop: StopReason = StopReason.TIME_OUT) -> ParkingBrakeRun:
    return ParkingBrakeRun(axle, Decimal(vehicle_kg), 0, stop, "0" * 64)


def judge(
    one: ServiceBrakeRun, shape: Curve, tables: Edition = TABLES, inspection: InspectionKind = IN_USE
) -> tuple[VerdictCard, VerdictCard]:
    """Judge one axle of the car: the rate's card and the imbalance's."""
    rate, imbalance = judge_service_brake(tables, CAR, inspection, ON, one, shape)
    return rate, imbalance


def judge_lever(*runs: tuple[ParkingBrakeRun, Curve], car: Vehicle = CAR, tables: Edition = TABLES) -> VerdictCard:
    """Judge the parking brake of a car."""
    (card,) = judge_parking(tables, car, IN_USE, ON, runs)
    return card


def assert_readable(error: CarcheckError) -> None:
    """See that an error has words in every language with no placeholder left open."""
    for language in LANGUAGES:
        words = Catalogue(language)
        for message in (error.problem.cause, error.problem.evidence, error.problem.next_step):
            assert words.knows(message.code), message.code
            assert not PLACEHOLDER.search(words.text(message)), words.text(message)


def code(card: VerdictCard) -> str:
    """Return the code of a card's reason."""
    assert card.reason is not None
    return card.reason.code


def young(car: Vehicle = CAR) -> Vehicle:
    """Return the car registered five years ago."""
    return replace(car, registered_on=date(2021, 2, 1), manufactured_on=date(2020, 12, 1))
