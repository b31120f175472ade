"""A plate at the counter: what the authority says, what our last visit knew, and who else has the car."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date

import pytest

from carcheck_desktop.base.data import from_plain, to_json
from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.desk.counter import lookup
from carcheck_desktop.desk.door import ServiceDoor
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import LookUpVehicle, OpenVisit
from carcheck_desktop.domain.intake import AuthorityVehicle, LookupAnswer, ValueOrigin, suggested
from carcheck_desktop.domain.vehicle import Drive, InspectionKind, PlateKind, Use, VehicleCategory
from tests.desk.conftest import DeskUnderTest, car

VIN = "LSVAM4187C2184847"
OWNER = "欧阳建国"
THEIRS = AuthorityVehicle(
    "渝A12345", PlateKind.SMALL_CAR, vin=VIN, vehicle_type="K31", use_code="A", owner=OWNER,
    registered_on=date(2014, 6, 1), curb_mass_kg=1420, total_mass_kg=1800, seats=7, axles=2, simulated=True,
)  # fmt: skip
COMMAND = LookUpVehicle("渝A12345", PlateKind.SMALL_CAR)


@dataclass
class Authority:
    """An authority that answers what it was told to, and counts who asked."""

    answer: AuthorityVehicle | Exception | None = THEIRS
    source: str = "ga-18c49"
    waits_s: float = 0.0
    asked: int = 0

    async def look_up(self, plate: str, plate_kind: PlateKind, vin_tail: str) -> AuthorityVehicle | None:
        self.asked += 1
        await asyncio.sleep(self.waits_s)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def connected(desk: DeskUnderTest, authority: Authority) -> Authority:
    desk.door = ServiceDoor(desk.writer, desk.clock, desk.key, desk.tables, authority)
    return authority


def looked_up(desk: DeskUnderTest, name: str = "wang", command: LookUpVehicle = COMMAND) -> LookupAnswer:
    reply = desk.send(command, desk.sign_in(name, Role.CLERK))
    assert reply.accepted, reply.refusal
    return from_plain(reply.result, LookupAnswer)


def problem_of(answer: LookupAnswer) -> str:
    return answer.problem.code if answer.problem is not None else ""


def test_a_new_car_is_told_by_the_authority_and_its_origin_is_said(desk: DeskUnderTest) -> None:
    connected(desk, Authority())
    answer = looked_up(desk)
    values, origins = suggested(answer)
    assert answer.authority == THEIRS
    assert (values["vin"], values["use"], values["category"]) == (VIN, Use.PRIVATE, VehicleCategory.SMALL_PASSENGER)
    assert set(origins.values()) == {ValueOrigin.AUTHORITY}
    assert "drive" not in values


def test_a_known_car_brings_what_no_licence_gives_from_its_last_visit(desk: DeskUnderTest) -> None:
    connected(desk, Authority())
    clerk = desk.sign_in("wang", Role.CLERK)
    vehicle = car(vin=VIN, drive=Drive.FRONT, has_traction_control_always_on=True)
    assert desk.send(OpenVisit(vehicle, InspectionKind.IN_USE, owner=OWNER), clerk).accepted
    answer = looked_up(desk)
    values, origins = suggested(answer)
    assert answer.known is not None
    assert (answer.known.vehicle, answer.known.owner) == (vehicle, OWNER)
    assert values["drive"] is Drive.FRONT
    assert origins["drive"] is ValueOrigin.LAST_VISIT
    assert (values["curb_mass_kg"], origins["curb_mass_kg"]) == (1420, ValueOrigin.AUTHORITY)
    shown = {each.field: (each.ours, each.theirs) for each in answer.differences}
    assert shown == {"curb_mass_kg": ("1400", "1420"), "seats": ("5", "7")}


def test_a_plate_that_went_to_another_car_brings_nothing_of_the_old_one(desk: DeskUnderTest) -> None:
    connected(desk, Authority())
    clerk = desk.sign_in("wang", Role.CLERK)
    assert desk.send(OpenVisit(car(vin="LSGWS52X08S000001", drive=Drive.REAR), InspectionKind.IN_USE), clerk).accepted
    answer = looked_up(desk)
    assert answer.known is None
    assert [(each.field, each.ours) for each in answer.differences] == [("vin", "LSGWS52X08S000001")]


def test_a_car_with_a_new_plate_is_known_by_its_vin(desk: DeskUnderTest) -> None:
    connected(desk, Authority(replace(THEIRS, plate="渝B77777")))
    clerk = desk.sign_in("wang", Role.CLERK)
    assert desk.send(OpenVisit(car(vin=VIN, drive=Drive.REAR), InspectionKind.IN_USE), clerk).accepted
    answer = looked_up(desk, command=LookUpVehicle("渝B77777", PlateKind.SMALL_CAR))
    values, _ = suggested(answer)
    assert (values["plate"], values["drive"]) == ("渝B77777", Drive.REAR)


def test_a_station_without_an_uplink_says_so_and_the_clerk_types(desk: DeskUnderTest) -> None:
    answer = looked_up(desk)
    assert problem_of(answer) == "desk.lookup.no_uplink"
    assert (answer.known, answer.authority) == (None, None)


@pytest.mark.parametrize(
    ("given", "code"), [(None, "desk.lookup.not_known"), (LinkError("link.lost", url="x"), "link.lost")]
)
def test_what_the_authority_did_instead_of_answering_is_said_and_on_record(
    desk: DeskUnderTest, given: LinkError | None, code: str
) -> None:
    connected(desk, Authority(given))
    assert problem_of(looked_up(desk)) == code
    (fact,) = desk.facts("vehicle_looked_up")
    assert isinstance(fact, f.VehicleLookedUp)
    assert (fact.found, fact.source, fact.problem and fact.problem.code) == (False, "ga-18c49", code)


def test_a_slow_authority_is_not_waited_for(desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "LONGEST_S", 0.05)
    connected(desk, Authority(waits_s=30))
    assert problem_of(looked_up(desk)) == "desk.lookup.too_slow"


def test_who_may_not_look_asks_no_authority(desk: DeskUnderTest) -> None:
    authority = connected(desk, Authority())
    assert not desk.send(COMMAND, desk.sign_in("zhao", Role.LANE_CONTROLLER)).accepted
    assert not desk.send(COMMAND).accepted
    assert authority.asked == 0


def test_nothing_of_what_was_seen_is_kept(desk: DeskUnderTest) -> None:
    connected(desk, Authority())
    looked_up(desk)
    with desk.store.read() as uow:
        entries = to_json([entry for _, entry in uow.journal.after(0)])
        assert uow.done.get("command-1") is None
    assert OWNER not in entries
    assert VIN not in entries


def test_the_second_clerk_is_told_who_looks_at_the_car_and_then_who_has_it(desk: DeskUnderTest) -> None:
    assert looked_up(desk, "wang").busy_with == ""
    assert looked_up(desk, "li").busy_with == "wang"
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    answer = looked_up(desk, "li")
    assert (answer.open_visit_id, answer.open_visit_by, answer.busy_with) == (reply.result["visit_id"], "wang", "")


def test_who_looked_long_ago_is_not_busy_with_it(desk: DeskUnderTest) -> None:
    looked_up(desk, "wang")
    asyncio.run(desk.clock.advance(11 * 60))
    assert looked_up(desk, "li").busy_with == ""


def test_a_visit_names_the_look_up_it_began_with(desk: DeskUnderTest) -> None:
    lookup_id = looked_up(desk).lookup_id
    clerk = desk.sign_in("wang", Role.CLERK)
    other = desk.send(OpenVisit(car(plate="渝A99999"), InspectionKind.IN_USE, lookup_id=lookup_id), clerk)
    assert other.refusal is not None
    assert other.refusal.code == "desk.intake.bad_lookup"
    assert desk.send(OpenVisit(car(), InspectionKind.IN_USE, lookup_id=lookup_id), clerk).accepted


@pytest.mark.parametrize(
    "command",
    [
        LookUpVehicle("", PlateKind.SMALL_CAR),
        LookUpVehicle("渝a12345", PlateKind.SMALL_CAR),
        LookUpVehicle("渝A12345\n", PlateKind.SMALL_CAR),
        LookUpVehicle("渝A12345", PlateKind.SMALL_CAR, "<b>"),
    ],
)
def test_what_is_no_plate_is_refused_and_nobody_outside_is_asked(desk: DeskUnderTest, command: LookUpVehicle) -> None:
    authority = connected(desk, Authority())
    reply = desk.send(command, desk.sign_in("wang", Role.CLERK))
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.intake.bad_plate"
    assert authority.asked == 0
