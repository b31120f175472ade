"""Which car stands where: one holder a position, whatever is taken and released in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.facts import OccupancyReleased, OccupancyTaken
from carcheck_desktop.lanes.errors import TwoClaimsError
from carcheck_desktop.lanes.parts import BENCH, SCALE
from carcheck_desktop.lanes.records.positions import Positions

POSITIONS = (SCALE, BENCH)


def taken(position: str, visit_id: str) -> OccupancyTaken:
    return OccupancyTaken(f"occupancy-{visit_id}", "1", position, visit_id, ())


def released(position: str, visit_id: str) -> OccupancyReleased:
    return OccupancyReleased(f"occupancy-{visit_id}", "1", position, visit_id)


def test_a_free_position_has_no_holder_and_ones_own_is_returned() -> None:
    positions = Positions()
    assert positions.require_free(SCALE, "visit-1") is None
    positions.take(taken(SCALE, "visit-1"))
    assert positions.require_free(SCALE, "visit-1") == taken(SCALE, "visit-1")


@pytest.mark.parametrize("position", POSITIONS)
def test_two_claims_name_both_cars_by_their_plates(position: str) -> None:
    positions = Positions(plates={"visit-1": "渝A11111", "visit-2": "渝A22222"})
    positions.take(taken(position, "visit-1"))
    with pytest.raises(TwoClaimsError) as caught:
        positions.require_free(position, "visit-2")
    assert caught.value.problem.params == {"held_by": "渝A11111", "claimed_by": "渝A22222"}
    assert caught.value.position == position


def test_a_visit_whose_plate_is_not_known_is_named_by_its_number() -> None:
    positions = Positions()
    positions.take(taken(SCALE, "visit-1"))
    with pytest.raises(TwoClaimsError) as caught:
        positions.require_free(SCALE, "visit-2")
    assert caught.value.problem.params == {"held_by": "visit-1", "claimed_by": "visit-2"}


def test_an_empty_position_forgets_its_axle_but_not_its_claim() -> None:
    positions = Positions(axle={SCALE: 2, BENCH: 1})
    positions.take(taken(SCALE, "visit-1"))
    positions.left(SCALE)
    assert positions.axle == {BENCH: 1}
    assert positions.require_free(SCALE, "visit-1") is not None
    positions.release(released(SCALE, "visit-1"))
    assert positions.held == {}
    assert positions.axle == {BENCH: 1}


def test_what_a_car_holds_elsewhere_is_found_and_nobody_elses() -> None:
    positions = Positions()
    positions.take(taken(SCALE, "visit-1"))
    positions.take(taken(BENCH, "visit-2"))
    assert positions.others_of("visit-1", BENCH) == (taken(SCALE, "visit-1"),)
    assert positions.others_of("visit-1", SCALE) == ()
    assert positions.others_of("visit-2", None) == (taken(BENCH, "visit-2"),)


def test_releasing_what_nobody_holds_is_no_mistake() -> None:
    positions = Positions()
    positions.release(released(SCALE, "visit-1"))
    positions.left(BENCH)
    assert (positions.held, positions.axle) == ({}, {})


MOVES = st.lists(st.tuples(st.booleans(), st.sampled_from(POSITIONS), st.sampled_from(("visit-1", "visit-2"))))


@given(MOVES)
def test_whatever_happens_a_position_belongs_to_one_car_and_only_a_free_one_is_taken(
    moves: list[tuple[bool, str, str]],
) -> None:
    positions = Positions()
    holders: dict[str, str] = {}
    for takes, position, visit_id in moves:
        holder = holders.get(position)
        if not takes:
            positions.release(released(position, visit_id))
            holders.pop(position, None)
        elif holder in (None, visit_id):
            assert (positions.require_free(position, visit_id) is None) == (holder is None)
            positions.take(taken(position, visit_id))
            holders[position] = visit_id
        else:
            with pytest.raises(TwoClaimsError):
                positions.require_free(position, visit_id)
    assert {position: held.visit_id for position, held in positions.held.items()} == holders
