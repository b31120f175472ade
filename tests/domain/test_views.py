"""The one word that the board shows, the one outcome that counts, and the plate that strangers see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.access import ALLOWED, OPEN_TO_ALL, Role, Session, id_used, refusal
from carcheck_desktop.domain.facts import AttemptEnd
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind, masked_plate
from carcheck_desktop.domain.verdicts import Outcome, worst
from carcheck_desktop.domain.views import AttemptState, AttemptView, Stage, VisitView, attempt_end_state, stage
from tests.domain.samples import PLAN, VEHICLE

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
outcomes = st.lists(st.sampled_from(Outcome), max_size=8)


def attempt(state: AttemptState) -> AttemptView:
    return AttemptView(
        "attempt-1", "visit-1", "1", 1, VEHICLE, InspectionKind.IN_USE, "e", "h", AT, (), state=state
    )  # fmt: skip


def visit(*states: AttemptState, conclusion: Outcome | None = None) -> VisitView:
    attempts = tuple(attempt(state) for state in states)
    return VisitView(
        "visit-1", VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h", AT, "li", AT, attempts, conclusion
    )  # fmt: skip


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((), Stage.WAITING),
        ((AttemptState.RUNNING,), Stage.IN_LANE),
        ((AttemptState.INTERRUPTED,), Stage.INTERRUPTED),
        ((AttemptState.COMPLETE,), Stage.MEASURED),
        ((AttemptState.ABORTED,), Stage.WAITING),
        ((AttemptState.ABORTED, AttemptState.RUNNING), Stage.IN_LANE),
        ((AttemptState.COMPLETE, AttemptState.ABORTED), Stage.WAITING),
    ],
)
def test_the_newest_attempt_says_where_the_car_is(states: tuple[AttemptState, ...], shown: Stage) -> None:
    assert stage(visit(*states)) is shown


@given(st.lists(st.sampled_from(AttemptState), max_size=4), st.sampled_from(Outcome))
def test_only_a_passed_car_is_shown_as_passed(states: list[AttemptState], conclusion: Outcome) -> None:
    shown = stage(visit(*states, conclusion=conclusion))
    assert shown is (Stage.PASSED if conclusion is Outcome.PASS else Stage.FAILED)


@pytest.mark.parametrize("end", AttemptEnd)
def test_how_an_attempt_ended_is_how_it_is_shown(end: AttemptEnd) -> None:
    assert attempt_end_state(end).value == end.value


@given(outcomes)
def test_nothing_passes_unless_everything_passes(given_outcomes: list[Outcome]) -> None:
    is_all_passed = bool(given_outcomes) and set(given_outcomes) == {Outcome.PASS}
    assert (worst(given_outcomes) is Outcome.PASS) == is_all_passed


@given(outcomes)
def test_the_order_of_the_items_decides_nothing(given_outcomes: list[Outcome]) -> None:
    assert worst(given_outcomes) is worst(sorted(given_outcomes)) is worst(list(reversed(given_outcomes)))


@given(outcomes, outcomes)
def test_more_results_never_make_it_better(some: list[Outcome], more: list[Outcome]) -> None:
    rank = (Outcome.PASS, Outcome.NOT_JUDGED, Outcome.FAIL, Outcome.INVALID)
    if some:
        assert rank.index(worst(some + more)) >= rank.index(worst(some))


@pytest.mark.parametrize(
    ("plate", "masked"),
    [("渝A12345", "渝A1**45"), ("渝AD12345", "渝AD**345"), ("渝A1", "渝**"), ("渝", "渝"), ("", "")],
)
def test_strangers_see_a_plate_without_its_middle(plate: str, masked: str) -> None:
    assert masked_plate(plate) == masked


@given(st.text(min_size=6, max_size=8))
def test_a_masked_plate_keeps_its_length_and_hides_two(plate: str) -> None:
    masked = masked_plate(plate)
    assert len(masked) == len(plate)
    assert masked[3:5] == "**"


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 1, 4, 15, 59, 59, tzinfo=UTC), date(2026, 1, 4)),
        (datetime(2026, 1, 4, 16, 0, tzinfo=UTC), date(2026, 1, 5)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_the_day_that_decides_the_limits_is_the_day_at_the_station(at: datetime, day: date) -> None:
    assert inspection_date(at) == day


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_to_the_very_moment_of_its_end_a_session_and_a_command_are_good(kind: str) -> None:
    role = sorted(ALLOWED[kind])[0]
    session = Session("session-1", "li", role, "pc-1", AT)
    agrees = Session("session-2", "zhou", Role.MANAGER, "pc-2", AT)
    assert refusal(kind, session, AT, AT, agrees) is None
    later = AT + timedelta(microseconds=1)
    expired = refusal(kind, session, later, AT)
    over = refusal(kind, session, later, later)
    assert expired is not None
    assert over is not None
    assert (expired.code, over.code) == ("domain.access.expired", "domain.access.session_over")


def test_the_table_of_who_may_what_is_the_one_that_was_agreed() -> None:
    """A change of this table is a decision about safety: it is made here and there, never by the way."""
    assert {kind: {role.value for role in roles} for kind, roles in ALLOWED.items()} == {
        "open_visit": {"clerk", "guide", "lane_controller", "manager"},
        "preview_visit": {"clerk", "guide", "lane_controller", "manager"},
        "look_up_vehicle": {"clerk", "guide", "manager"},
        "show_visit": {"clerk", "guide", "auditor", "manager"},
        "change_user": {"manager"},
        "reset_pin": {"manager"},
        "change_pin": {role.value for role in Role},
        "set_price_list": {"manager"},
        "approve_table": {"manager"},
        "add_user": {"manager"},
        "start_attempt": {"lane_controller"},
        "resume_attempt": {"lane_controller"},
        "repeat_item": {"lane_controller"},
        "abort_attempt": {"lane_controller", "manager"},
        "release_stop": {"lane_controller", "technician"},
        "sign_out": {role.value for role in Role},
        "sign_report": {"signer"},
        "reject_report": {"signer"},
        "remake_report": {"signer", "manager"},
        "show_report": {"signer", "clerk", "auditor", "manager"},
        "set_opening_hours": {"manager"},
        "publish_announcement": {"manager"},
        "withdraw_announcement": {"manager"},
        "set_board_rules": {"manager"},
        "take_cash": {"clerk", "manager"},
        "request_scan": {"clerk", "manager"},
        "cancel_payment": {"clerk", "manager"},
        "refund": {"clerk", "manager"},
        "open_drawer": {"clerk", "manager"},
        "request_print": {"clerk", "guide", "manager", "lane_controller", "lane_driver", "signer"},
        "answer_paper": {"clerk", "guide", "manager", "lane_controller", "lane_driver", "signer"},
        "void_paper": {"clerk", "manager", "signer"},
        "reprint": {"clerk", "guide", "manager", "lane_controller", "lane_driver", "signer"},
        "note_arrival": {"clerk", "guide", "manager"},
        "drop_arrival": {"clerk", "guide", "manager"},
        "hand_over": {"clerk", "guide", "manager", "exterior_inspector", "lane_controller", "lane_driver"},
        "correct_custody": {"clerk", "manager"},
        "call_owner": {"clerk", "guide", "manager"},
        "end_call": {"clerk", "guide", "manager"},
        "declare_insurance": {"clerk", "manager"},
        "place_hold": {"clerk", "guide", "exterior_inspector", "lane_controller", "signer", "auditor", "manager"},
        "lift_hold": {"clerk", "signer", "auditor", "manager"},
        "close_visit": {"clerk", "guide", "manager"},
        "withdraw_visit": {"clerk", "manager"},
        "correct_visit": {"clerk", "guide", "lane_controller", "manager"},
        "open_recheck": {"clerk", "guide", "lane_controller", "manager"},
        "ask_recheck": {"clerk", "guide", "lane_controller", "manager"},
    }
    assert frozenset({"sign_in", "stop_lane"}) == OPEN_TO_ALL


def test_a_number_that_is_no_number_is_not_repeated_at_length() -> None:
    assert len(str(id_used("open_visit", "x" * 5000).params["id"])) == 80
