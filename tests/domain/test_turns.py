"""Whose turn it is, and what a person's next car is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.custody import COUNTER, NO_CUSTODY, CustodyView, Handover, Holder, Place, Thing, handed
from carcheck_desktop.domain.ending import RecheckView
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.ticket import BOOKED
from carcheck_desktop.domain.turns import TURN_RULE, NextDoing, Standing, next_car_for, waiting_in_turn
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.views import VisitView
from tests.domain.samples import VEHICLE
from tests.domain.test_fold import visit_after

NINE = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
"""Nine o'clock at the station: the beginning of a slot."""
WAITING = visit_after("visit_opened")
ON_LANE = visit_after("visit_opened", "attempt_started")
HUNG = Holder(Place.KEY_BOARD, "1")


def visit(name: str, minute: int, channel: Channel = Channel.WALK_IN, key: Holder | None = None) -> VisitView:
    at = NINE + timedelta(minutes=minute)
    return replace(
        WAITING, visit_id=name, vehicle=replace(VEHICLE, plate=name), opened_at=at, channel=channel, custody=held(key, at)
    )  # fmt: skip


def arrival(name: str, minute: int, channel: Channel = Channel.WALK_IN, key: Holder | None = None) -> ArrivalView:
    at = NINE + timedelta(minutes=minute)
    return ArrivalView(name, name, PlateKind.SMALL_CAR, channel, None, at, "zhao", custody=held(key, at))


def held(key: Holder | None, at: datetime) -> CustodyView:
    if key is None:
        return NO_CUSTODY
    return handed(NO_CUSTODY, Handover(at, (Thing.KEY,), NO_CUSTODY.key, key, "zhao"), 1)


def recheck(name: str, minute: int) -> VisitView:
    opened_at = NINE + timedelta(minutes=minute)
    return replace(visit(name, -600), recheck=RecheckView(1, (), opened_at, "li", 0, None))


def order(*cars: VisitView | ArrivalView) -> list[str]:
    visits = [each for each in cars if isinstance(each, VisitView)]
    arrivals = [each for each in cars if isinstance(each, ArrivalView)]
    return [each.visit_id for each in waiting_in_turn(visits, arrivals)]


def test_within_a_slot_rechecks_come_first_then_booked_cars_then_the_others_as_they_came() -> None:
    cars = (visit("walk 1", 1), visit("walk 2", 2), visit("booked 5", 5, Channel.APP), recheck("again", 20))
    assert order(*cars) == ["again", "booked 5", "walk 1", "walk 2"]


def test_nobody_of_a_later_slot_overtakes_anybody_of_an_earlier_one() -> None:
    assert order(visit("booked", 31, Channel.APP), visit("walk", 29)) == ["walk", "booked"]


def test_a_car_at_the_gate_has_its_place_before_it_is_taken_in() -> None:
    taken_in_later = replace(visit("second", 12), arrived_at=NINE + timedelta(minutes=6))
    assert order(taken_in_later, arrival("first", 5), visit("third", 10)) == ["first", "second", "third"]


def test_cars_on_a_lane_and_ended_visits_do_not_wait() -> None:
    assert order(ON_LANE, replace(visit("gone", 1), ended_at=NINE)) == []


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(Channel)), max_size=12))
def test_the_wait_of_a_car_is_never_lengthened_by_more_than_its_own_slot(cars: list[tuple[int, Channel]]) -> None:
    came = [visit(f"v{n}", minute, channel) for n, (minute, channel) in enumerate(cars)]
    turns = waiting_in_turn(came)
    assert len(turns) == len(came)
    for before, after in itertools.combinations(turns, 2):
        assert before.since - after.since < timedelta(minutes=TURN_RULE.slot_min)
        same_kind = (before.standing, after.standing)
        assert before.since <= after.since or same_kind == (Standing.BOOKED, Standing.WALK_IN)


def test_the_rule_is_in_words_that_name_the_slot() -> None:
    for language in LANGUAGES:
        assert "30" in Catalogue(language).text(TURN_RULE.in_words())


def test_who_booked_is_the_same_for_ticket_and_turn() -> None:
    assert set(Channel) - {Channel.WALK_IN} == BOOKED


def doing(role: Role, *cars: VisitView | ArrivalView) -> tuple[str, NextDoing] | None:
    visits = [each for each in cars if isinstance(each, VisitView)]
    arrivals = [each for each in cars if isinstance(each, ArrivalView)]
    found = next_car_for(role, "me", visits, arrivals)
    return None if found is None else (found.visit_id, found.doing)


ME = Holder(Place.PERSON, "me")


@pytest.mark.parametrize(
    ("role", "cars", "expected"),
    [
        (Role.LANE_DRIVER, (visit("no key", 1), visit("hung", 2, key=HUNG)), ("hung", NextDoing.TAKE_FROM_BOARD)),
        (Role.LANE_DRIVER, (visit("counter", 2, key=COUNTER),), ("counter", NextDoing.TAKE_FROM_BOARD)),
        (Role.LANE_DRIVER, (arrival("not taken in", 1, key=HUNG),), None),
        (Role.LANE_DRIVER, (visit("hung", 1, key=HUNG), visit("mine", 9, key=ME)), ("mine", NextDoing.DRIVE)),
        (Role.LANE_DRIVER, (visit("another's", 1, key=Holder(Place.PERSON, "sun")),), None),
        (Role.GUIDE, (visit("hung", 1, key=HUNG), arrival("at the gate", 2)), ("at the gate", NextDoing.TAKE_KEY)),
        (Role.GUIDE, (arrival("first", 1), arrival("mine", 2, key=ME)), ("mine", NextDoing.HANG_UP)),
        (Role.GUIDE, (), None),
    ],
)  # fmt: skip
def test_the_next_car_is_the_one_in_hand_else_the_first_in_turn(
    role: Role, cars: tuple[VisitView | ArrivalView, ...], expected: tuple[str, NextDoing] | None
) -> None:
    assert doing(role, *cars) == expected


def test_a_driver_sees_the_car_whose_key_he_holds_through_the_lane_and_back() -> None:
    with_key = held(ME, NINE)
    assert doing(Role.LANE_DRIVER, replace(ON_LANE, custody=with_key)) == (ON_LANE.visit_id, NextDoing.IN_LANE)
    done = visit_after("visit_opened", "attempt_started", "attempt_ended", "visit_concluded")
    assert doing(Role.LANE_DRIVER, replace(done, custody=with_key)) == (done.visit_id, NextDoing.BRING_BACK)
