"""The visit at the counter: previewed, priced, opened with what the ledger may hold, personal data told to who may ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from carcheck_desktop.base.data import from_plain, to_json
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import OpenVisit, PreviewVisit, SetPriceList, ShowVisit
from carcheck_desktop.domain.intake import Channel, ValueOrigin, VisitPreview
from carcheck_desktop.domain.prices import PriceLine, PriceRule, total_fen
from carcheck_desktop.domain.private import Presenter, VisitPrivate, private_digest
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use
from tests.desk.conftest import DeskUnderTest, car

PRESENTER = Presenter("司马小红", "138 0000 5678", "2026-1", datetime(2026, 1, 5, 1, 0, tzinfo=UTC))
LINES = (
    PriceLine(
        "safety", "安检费", "safety inspection", 120_00, PriceRule(purposes=(InspectionKind.IN_USE,), recheck=False)
    ),
    PriceLine("commercial", "营运加收", "commercial extra", 30_00, PriceRule(uses=(Use.COMMERCIAL,))),
    PriceLine("recheck", "复检费", "recheck", 40_00, PriceRule(recheck=True)),
)


def today(desk: DeskUnderTest) -> date:
    return desk.clock.now().date()


def publish(desk: DeskUnderTest, base: int = 0, **changes: Any) -> str:
    """Publish a list as two managers do; return the refusal's code."""
    boss, second = desk.sign_in("boss", Role.MANAGER), desk.sign_in("second", Role.MANAGER)
    values: dict[str, Any] = {"base_revision": base, "valid_from": today(desk), "lines": LINES, **changes}
    reply = desk.send(SetPriceList(**values), boss, second=second)
    return "" if reply.refusal is None else reply.refusal.code


def preview(desk: DeskUnderTest, **changes: Any) -> VisitPreview:
    reply = desk.send(PreviewVisit(car(**changes), InspectionKind.IN_USE), desk.sign_in("wang", Role.CLERK))
    assert reply.accepted, reply.refusal
    return from_plain(reply.result, VisitPreview)


def test_a_price_list_needs_two_and_names_both(desk: DeskUnderTest) -> None:
    boss = desk.sign_in("boss", Role.MANAGER)
    alone = desk.send(SetPriceList(0, today(desk), LINES), boss)
    assert alone.refusal is not None
    assert alone.refusal.code == "domain.access.second_missing"
    assert publish(desk) == ""
    assert desk.facts("price_list_published") == [f.PriceListPublished(1, today(desk), None, LINES, "second")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": ()}, "desk.prices.bad_count"),
        ({"lines": (*LINES, LINES[0])}, "desk.prices.code_twice"),
        ({"lines": (replace(LINES[0], code="a b"),)}, "desk.prices.bad_code"),
        ({"lines": (replace(LINES[0], name_en=" "),)}, "desk.prices.bad_name"),
        ({"lines": (replace(LINES[0], amount_fen=-1),)}, "desk.prices.bad_amount"),
        ({"valid_from": date(2020, 1, 1)}, "desk.prices.in_the_past"),
        ({"valid_until": date(2020, 1, 1)}, "desk.prices.ends_before"),
        ({"base": 3}, "desk.board.stale"),
    ],
)
def test_a_list_that_nobody_could_charge_by_is_refused_by_name(
    desk: DeskUnderTest, changes: dict[str, Any], code: str
) -> None:
    assert publish(desk, **changes) == code


def test_a_visit_is_charged_by_the_list_in_force_line_by_line(desk: DeskUnderTest) -> None:
    assert publish(desk) == ""
    assert publish(desk, base=1, valid_from=today(desk) + timedelta(days=1), lines=LINES[1:]) == ""
    lines = preview(desk, use=Use.COMMERCIAL).charge
    assert [(line.code, line.revision) for line in lines] == [("safety", 1), ("commercial", 1)]
    assert total_fen(lines) == 150_00
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    with desk.store.read() as uow:
        visit = uow.visits.get(reply.result["visit_id"])
    assert visit is not None
    assert [line.amount_fen for line in visit.charge] == [120_00]
    asyncio.run(desk.clock.advance(86400))
    unpriced = preview(desk, plate="渝A54321")
    assert (unpriced.charge, unpriced.advice[-1].code) == ((), "desk.prices.no_line")


def test_without_a_list_there_is_no_price_and_it_is_said(desk: DeskUnderTest) -> None:
    shown = preview(desk)
    assert shown.charge == ()
    assert [each.code for each in shown.advice] == ["standards.emission.no_fuel", "desk.prices.none"]
    assert shown.problems == ()


def test_a_list_that_ran_out_is_not_charged_by(desk: DeskUnderTest) -> None:
    assert publish(desk, valid_until=today(desk)) == ""
    assert preview(desk).charge != ()
    asyncio.run(desk.clock.advance(86400))
    assert preview(desk).charge == ()


def test_a_preview_says_all_at_once_and_records_nothing(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    with desk.store.read() as uow:
        before = uow.journal.position()
    reply = desk.send(PreviewVisit(car(curb_mass_kg=9000, seats=40, vin="x!"), InspectionKind.IN_USE), clerk)
    shown = from_plain(reply.result, VisitPreview)
    codes = ["desk.checks.bad_vin", "desk.intake.bad_masses", "desk.intake.bad_seats"]
    assert [each.code for each in shown.problems] == codes
    with desk.store.read() as uow:
        assert uow.journal.position() == before


def test_the_plan_comes_with_reasons_for_what_is_and_what_is_not_asked(desk: DeskUnderTest) -> None:
    young = today(desk) - timedelta(days=9 * 365)
    shown = preview(desk, registered_on=young)
    assert [item.item for item in shown.plan] == ["W1", "W2", "B1", "B2"]
    assert all(item.reason.code for item in shown.plan)
    assert {each.item: each.reason.code for each in shown.not_asked}["B0"] == "standards.plan.parking_spared"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plate": "渝O12345"}, "domain.identity.plate_letters"),
        ({"vin": "1M8GDM9A1KP042788"}, "domain.identity.vin_check"),
        ({"curb_mass_kg": 500}, "desk.checks.odd_curb"),
        ({"total_mass_kg": 3000}, "desk.checks.odd_total"),
        ({"manufactured_on": date(2010, 1, 1)}, "desk.checks.registered_late"),
        ({"valid_until": date(2025, 1, 1)}, "desk.checks.overdue"),
        ({"vehicle_type": "H31"}, "desk.checks.other_category"),
        ({"use_code": "D"}, "desk.checks.other_use"),
        ({"fuel": "AX"}, "desk.checks.unknown_code"),
    ],
)
def test_what_is_unusual_is_advice_and_keeps_nobody_from_opening_the_visit(
    desk: DeskUnderTest, changes: dict[str, Any], code: str
) -> None:
    shown = preview(desk, **changes)
    assert code in [each.code for each in shown.advice]
    assert shown.problems == ()
    assert desk.open_visit(desk.sign_in("wang", Role.CLERK), **changes).accepted


def test_the_same_car_is_shown_with_who_has_it_and_one_vin_is_one_car(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    first = desk.open_visit(clerk, vin="LSVAM4187C2184847")
    for changes in ({}, {"plate": "渝B54321", "vin": "LSVAM4187C2184847"}):
        again = desk.open_visit(desk.sign_in("li", Role.CLERK), **changes)
        assert again.refusal is not None
        assert again.refusal.code == "desk.intake.already_here"
        named = {key: again.refusal.params[key] for key in ("plate", "visit", "by")}
        assert named == {"plate": "渝A12345", "visit": first.result["visit_id"], "by": "wang"}
    assert desk.open_visit(clerk, plate_kind=PlateKind.TEST_CAR).accepted


def test_the_ledger_holds_origins_and_a_digest_but_nobodys_name_or_number(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    command = OpenVisit(
        car(), InspectionKind.IN_USE, {"seats": ValueOrigin.LICENCE, "owner": ValueOrigin.AUTHORITY}, "欧阳建国", PRESENTER,
        Channel.DOOR_TO_DOOR, "booking-7",
    )  # fmt: skip
    visit_id = desk.send(command, clerk).result["visit_id"]
    with desk.store.read() as uow:
        entries = to_json([entry for _, entry in uow.journal.after(0)])
        visit, private = uow.visits.get(visit_id), uow.privates.get(visit_id)
    assert visit is not None
    assert private is not None
    assert (visit.channel, visit.booking_id) == (Channel.DOOR_TO_DOOR, "booking-7")
    assert visit.origins["seats"] is ValueOrigin.LICENCE
    assert visit.private_digest == private_digest(private)
    for secret in ("欧阳", "司马", "138 0000"):
        assert secret not in entries
        assert secret not in to_json(visit)


def test_personal_data_are_shown_to_who_may_ask_and_each_look_is_on_record(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    command = OpenVisit(car(), InspectionKind.IN_USE, owner="欧阳建国", presenter=PRESENTER)
    visit_id = desk.send(command, clerk).result["visit_id"]
    assert not desk.send(ShowVisit(visit_id), desk.sign_in("zhao", Role.LANE_CONTROLLER)).accepted
    assert desk.facts("private_shown") == []
    shown = desk.send(ShowVisit(visit_id), clerk).result["private"]
    assert from_plain(shown, VisitPrivate) == VisitPrivate(visit_id, "", "欧阳建国", PRESENTER)
    assert desk.facts("private_shown") == [f.PrivateShown(visit_id, "pc-1")]


def test_a_visit_without_personal_data_has_none_to_show(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    visit_id = desk.open_visit(clerk).result["visit_id"]
    assert desk.send(ShowVisit(visit_id), clerk).result == {"private": None}
    assert desk.facts("private_shown") == []
    unknown = desk.send(ShowVisit("visit-0"), clerk)
    assert unknown.refusal is not None
    assert unknown.refusal.code == "desk.intake.no_such_visit"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"presenter": replace(PRESENTER, consented_at=None)}, "desk.checks.no_consent"),
        ({"presenter": replace(PRESENTER, consent_text_version="")}, "desk.checks.no_consent"),
        ({"presenter": replace(PRESENTER, telephone="one three eight")}, "desk.checks.bad_telephone"),
        ({"presenter": replace(PRESENTER, name="")}, "desk.checks.bad_text"),
        ({"owner": "欧" * 200}, "desk.checks.bad_text"),
        ({"origins": {"wheels": ValueOrigin.TYPED}}, "desk.intake.bad_origin"),
        ({"booking_id": ""}, "desk.intake.bad_booking"),
    ],
)
def test_what_cannot_be_kept_of_people_is_refused_without_repeating_it(
    desk: DeskUnderTest, changes: dict[str, Any], code: str
) -> None:
    reply = desk.send(OpenVisit(car(), InspectionKind.IN_USE, **changes), desk.sign_in("wang", Role.CLERK))
    assert reply.refusal is not None
    assert reply.refusal.code == code
    with desk.store.read() as uow:
        entries = to_json([entry for _, entry in uow.journal.after(0)])
    assert all(secret not in entries for secret in ("司马", "138 0000", "one three", "欧欧"))
