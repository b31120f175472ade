"""What an insurer's answers come to, and a clerk's own word for a paper policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.desk.insurance.answers import PAPERS_WAIT_S, asked_every_s, heard, unheard
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts.insurance import InsuranceFound, InsuranceMissing, InsuranceUnanswered
from carcheck_desktop.domain.holds import Hold, HoldKind, holds, is_typed
from carcheck_desktop.domain.insurance import Policy, VehicleTax, best_policy
from carcheck_desktop.domain.ports import InsurerAnswer
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import DeskUnderTest, car
from tests.desk.ending.measuring import seen

SOURCE = "neutral (simulated)"
YEAR = timedelta(days=364)


@pytest.fixture
def clerk(desk: DeskUnderTest) -> str:
    return desk.sign_in("wang", Role.CLERK)


@pytest.fixture
def visit_id(desk: DeskUnderTest, clerk: str) -> str:
    opened = c.OpenVisit(car(), InspectionKind.IN_USE, insured_until=date(2026, 8, 31))
    return str(desk.send(opened, clerk).result["visit_id"])


def today(desk: DeskUnderTest) -> date:
    return inspection_date(desk.clock.now())


def policy(begins: date, number: str = "SAMPLE20260001", tax: VehicleTax = VehicleTax.PAID) -> Policy:
    return Policy(number, "示例财险", begins, begins + YEAR, tax)


def told(desk: DeskUnderTest, visit_id: str, *policies: Policy) -> f.Fact | None:
    """Let the insurer answer; return the fact that came of it."""
    fact = heard(seen(desk, visit_id), InsurerAnswer(policies, simulated=True), SOURCE, today(desk))
    if fact is not None:
        desk.writer.call(lambda uow: record(uow, fact, actor="system"))
    return fact


def hold_of(desk: DeskUnderTest, visit_id: str, days: int = 0) -> Hold | None:
    now = desk.clock.now() + timedelta(days=days)
    found = [hold for hold in holds(seen(desk, visit_id), now) if hold.kind is HoldKind.INSURANCE]
    return found[0] if found else None


def said(hold: Hold | None) -> str:
    assert hold is not None
    return Catalogue("zh_CN").text(hold.evidence) + Catalogue("zh_CN").text(hold.next_step)


def declare(desk: DeskUnderTest, token: str, visit_id: str, **changes: object) -> c.Reply:
    values = {"policy_number": "PDZA20260001", "insurer": "人保财险", "valid_from": today(desk)}
    values |= {"valid_until": today(desk) + YEAR, **changes}
    return desk.send(c.DeclareInsurance(visit_id, **values), token)  # type: ignore[arg-type]


def test_nobody_has_answered_yet_and_the_police_record_is_told_beside_it(desk: DeskUnderTest, visit_id: str) -> None:
    assert "2026-08-31" in said(hold_of(desk, visit_id))
    assert seen(desk, visit_id).insurance.policy is None


def test_a_good_policy_frees_and_its_number_is_masked_where_people_see_it(desk: DeskUnderTest, visit_id: str) -> None:
    assert isinstance(told(desk, visit_id, policy(today(desk))), InsuranceFound)
    assert hold_of(desk, visit_id) is None
    known = seen(desk, visit_id).insurance
    assert known.policy is not None
    assert known.policy.number == "•••0001"
    assert known.simulated
    assert told(desk, visit_id, policy(today(desk))) is None
    assert len(desk.facts("insurance_found")) == 1


def test_no_policy_is_said_once_and_then_a_bought_one_frees(desk: DeskUnderTest, visit_id: str) -> None:
    assert isinstance(told(desk, visit_id), InsuranceMissing)
    assert told(desk, visit_id) is None
    assert "未查到" in said(hold_of(desk, visit_id))
    told(desk, visit_id, policy(today(desk)))
    assert hold_of(desk, visit_id) is None


def test_a_policy_that_starts_later_says_so_and_frees_by_itself_on_its_day(desk: DeskUnderTest, visit_id: str) -> None:
    begins = today(desk) + timedelta(days=3)
    told(desk, visit_id, policy(begins))
    assert begins.isoformat() in said(hold_of(desk, visit_id))
    assert hold_of(desk, visit_id, days=2) is not None
    assert hold_of(desk, visit_id, days=3) is None


def test_a_policy_that_ended_yesterday_holds_and_says_when(desk: DeskUnderTest, visit_id: str) -> None:
    ended = today(desk) - timedelta(days=1)
    told(desk, visit_id, Policy("SAMPLE20250001", "示例财险", ended - YEAR, ended))
    assert ended.isoformat() in said(hold_of(desk, visit_id))


def test_of_several_policies_the_one_that_is_good_counts_then_the_next_then_the_last(desk: DeskUnderTest) -> None:
    day = today(desk)
    old, now, later = policy(day - 2 * YEAR), policy(day - timedelta(days=9)), policy(day + timedelta(days=5))
    assert best_policy((later, old, now), day) == now
    assert best_policy((later, old), day) == later
    assert best_policy((old,), day) == old
    assert best_policy((), day) is None


def test_an_insurer_who_is_not_heard_is_told_once_with_the_way_by_paper(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    why = Problem("gateways.nobody_listens", {"host": "127.0.0.1:1", "meanwhile": "gateways.meanwhile.insurance"})
    fact = unheard(seen(desk, visit_id), why, SOURCE)
    assert isinstance(fact, InsuranceUnanswered)
    desk.writer.call(lambda uow: record(uow, fact, actor="system"))
    assert unheard(seen(desk, visit_id), why, SOURCE) is None
    assert "{" not in said(hold_of(desk, visit_id))
    assert "手工录入" in said(hold_of(desk, visit_id))
    assert declare(desk, clerk, visit_id).accepted
    visit = seen(desk, visit_id)
    assert hold_of(desk, visit_id) is None
    assert is_typed(visit)
    assert visit.insurance.declared_by == "wang"


def test_a_typed_policy_stays_until_the_insurer_knows_a_good_one(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    declare(desk, clerk, visit_id)
    assert told(desk, visit_id) is None
    assert hold_of(desk, visit_id) is None
    assert isinstance(told(desk, visit_id, policy(today(desk))), InsuranceFound)
    assert not is_typed(seen(desk, visit_id))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"policy_number": "12 34"}, "desk.insurance.bad_number"),
        ({"insurer": "  "}, "desk.insurance.bad_insurer"),
        ({"valid_until": date(2020, 1, 1)}, "desk.insurance.bad_days"),
        ({"valid_from": date(2020, 1, 1), "valid_until": date(2020, 12, 31)}, "desk.insurance.over"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(
    desk: DeskUnderTest, visit_id: str, clerk: str, changes: dict[str, object], code: str
) -> None:
    reply = declare(desk, clerk, visit_id, **changes)
    assert reply.refusal is not None
    assert reply.refusal.code == code


def test_nothing_is_typed_over_a_good_policy_but_its_unpaid_tax(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    told(desk, visit_id, policy(today(desk), tax=VehicleTax.REFUSED))
    assert declare(desk, clerk, visit_id, tax=VehicleTax.PAID).accepted
    assert {hold.kind for hold in holds(seen(desk, visit_id), desk.clock.now())}.isdisjoint(
        {HoldKind.VEHICLE_TAX, HoldKind.INSURANCE}
    )
    assert told(desk, visit_id, policy(today(desk), tax=VehicleTax.REFUSED)) is None


def test_a_good_policy_of_the_insurer_needs_nobody_who_types(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    told(desk, visit_id, policy(today(desk)))
    reply = declare(desk, clerk, visit_id)
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.insurance.known"


def test_who_waits_with_papers_is_asked_about_often_and_who_needs_nothing_not_at_all(
    desk: DeskUnderTest, visit_id: str
) -> None:
    now = desk.clock.now()
    visit = seen(desk, visit_id)

    def every_s(**changes: object) -> float | None:
        return asked_every_s(replace(visit, **changes), now)  # type: ignore[arg-type]

    in_work = every_s()
    assert in_work is not None
    assert in_work > PAPERS_WAIT_S
    assert every_s(conclusion=Outcome.PASS, concluded_at=now) == PAPERS_WAIT_S
    assert every_s(conclusion=Outcome.FAIL, concluded_at=now) is None
    assert every_s(ended_at=now) is None
    told(desk, visit_id, policy(today(desk)))
    assert asked_every_s(seen(desk, visit_id), now) is None


def test_the_view_of_a_visit_never_has_the_whole_number(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    declare(desk, clerk, visit_id)
    visit: VisitView = seen(desk, visit_id)
    assert "PDZA20260001" not in repr(visit)
