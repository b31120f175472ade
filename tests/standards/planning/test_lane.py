"""What a lane does of a truck's plan, what it has no instrument for, and that a visit cannot pass without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carcheck_desktop.domain.measurements import AxleWeighing, Curve, ServiceBrakeRun
from carcheck_desktop.domain.vehicle import Suspension, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import Outcome, Purpose, UnmetDemand
from carcheck_desktop.standards.plan import Plan, plan
from carcheck_desktop.standards.rulebook import Rulebook, conclude_visit
from carcheck_desktop.standards.verdicts import Measured
from tests.standards.cars import CAR, IN_USE, ON, TABLES, curve, run

TRUCK = replace(
    CAR, category=VehicleCategory.LIGHT_GOODS, use=Use.PRIVATE, seats=2, curb_mass_kg=2100, total_mass_kg=4400,
    registered_on=date(2022, 3, 1), manufactured_on=date(2022, 1, 1), front_suspension=Suspension.DEPENDENT,
)  # fmt: skip


def planned(vehicle: Vehicle) -> Plan:
    return plan(TABLES, vehicle, IN_USE, ON)


def missing(found: Plan) -> list[str]:
    return [str(each.problem.params["item"]).rpartition(".")[2] for each in found.unmet]


def test_a_private_truck_is_parked_whatever_its_seats_and_years() -> None:
    assert [each.item for each in planned(TRUCK).items] == ["W1", "W2", "B1", "B2", "B0"]
    assert planned(TRUCK).items[-1].axle == 2


def test_what_no_lane_has_an_instrument_for_is_unmet_by_name() -> None:
    found = planned(TRUCK)
    assert missing(found) == ["mass", "headlamp", "sideslip"]
    assert {each.purpose for each in found.unmet} == {Purpose.SAFETY}
    heavy = replace(
        TRUCK, category=VehicleCategory.HEAVY_GOODS, axles=3, parking_axles=(2, 3), curb_mass_kg=9700,
        total_mass_kg=25000,
    )  # fmt: skip
    assert missing(planned(heavy)) == ["mass", "loaded_brake", "headlamp", "sideslip", "outline_automatic"]
    assert [each.item for each in planned(heavy).items][:6] == ["W1", "W2", "W3", "B1", "B2", "B3"]


def test_a_small_passenger_car_has_no_unmet_demand_for_what_others_do_by_hand() -> None:
    assert planned(CAR).unmet == ()
    assert planned(replace(CAR, use=Use.COMMERCIAL)).unmet == ()


def test_lane_and_plan_agree_on_the_parking_brake_of_a_private_minibus() -> None:
    young = replace(CAR, registered_on=date(2022, 3, 1), manufactured_on=date(2022, 1, 1))
    assert "B0" not in {each.item for each in planned(young).items}
    minibus = planned(replace(young, vehicle_type="K39")).items[-1]
    assert (minibus.item, minibus.reason.code) == ("B0", "standards.planning.thorough.minibus")


def test_two_wheels_have_no_parking_brake() -> None:
    found = planned(replace(CAR, category=VehicleCategory.MOTORCYCLE))
    assert [each.item for each in found.items] == ["W1", "W2", "B1", "B2"]
    assert "B0" in {each.item for each in found.not_asked}


def measured_car() -> Measured:
    """Return a car that brakes well on both axles."""
    weighings = [AxleWeighing(axle, Decimal(390), Decimal(390)) for axle in (1, 2)]
    runs = [_run(axle) for axle in (1, 2)]
    items = tuple(each for each in plan(TABLES, CAR, IN_USE, ON).items if each.item[0] == "W")
    return Measured(weighings, runs, (), items)


def _run(axle: int) -> tuple[ServiceBrakeRun, Curve]:
    return run(axle), curve([0, 100, 200, 300], [0, 100, 200, 300])


@pytest.mark.parametrize(
    ("purpose", "outcome", "of_safety"),
    [
        (None, Outcome.PASS, Outcome.PASS),
        (Purpose.SAFETY, Outcome.NOT_JUDGED, Outcome.NOT_JUDGED),
        (Purpose.EMISSION, Outcome.PASS, Outcome.PASS),
    ],
)
def test_an_unmet_demand_keeps_its_purpose_from_passing(
    purpose: Purpose | None, outcome: Outcome, of_safety: Outcome
) -> None:
    problem = planned(TRUCK).unmet[0].problem
    unmet = [UnmetDemand(purpose, problem)] if purpose is not None else []
    found = conclude_visit(Rulebook(TABLES), CAR, IN_USE, ON, measured_car(), unmet)
    assert found.outcome is outcome
    assert found.purposes[Purpose.SAFETY] is of_safety
    if purpose is Purpose.EMISSION:
        assert found.purposes[Purpose.EMISSION] is Outcome.NOT_JUDGED
