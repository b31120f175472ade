"""What a manager records for the hall: kept as revisions, refused when it cannot be or is stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.desk.board import board_of
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.board import BoardContent, DayException, DayHours, OpenSpan, PlateMask, ScreenRule
from carcheck_desktop.domain.commands import (
    Command,
    PublishAnnouncement,
    SetBoardRules,
    SetOpeningHours,
    WithdrawAnnouncement,
)
from carcheck_desktop.domain.views import BoardView
from tests.desk.conftest import DeskUnderTest

MONDAY = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MORNING = DayHours(1, time(8, 30), time(11, 30), time(12, 0))
HOURS = SetOpeningHours(0, MONDAY, (MORNING, DayHours(1, time(13, 30), None, time(17, 0))))
WATER = PublishAnnouncement("water", 0, "饮水机在左侧。", "Water is on the left.", False, AT)
RULES = SetBoardRules(0, PlateMask(2, 2), 15, 12, (ScreenRule("hall-1", (BoardContent.VEHICLES,)),))
WITHDRAW = WithdrawAnnouncement("water", 1)
EVERY = (HOURS, WATER, RULES, WITHDRAW)
CLOSED = DayException(date(2026, 2, 17), (), "春节")


def board(desk: DeskUnderTest) -> BoardView:
    with desk.store.read() as uow:
        return board_of(uow.journal)


def code_of(desk: DeskUnderTest, token: str, command: Command) -> str:
    reply = desk.send(command, token)
    assert reply.refusal is not None
    for language in LANGUAGES:
        assert all(Catalogue(language).knows(line.code) for line in (reply.refusal.cause, reply.refusal.next_step))
    return reply.refusal.code


def test_the_manager_records_hours_an_announcement_and_rules(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    for command in (HOURS, WATER, RULES):
        assert desk.send(command, token).result == {"revision": 1}
    view = board(desk)
    assert view.hours is not None
    assert (view.hours.week, view.hours.set_by) == (HOURS.week, "boss")
    assert [(each.announcement_id, each.published_by) for each in view.announcements] == [("water", "boss")]
    assert view.rules is not None
    assert (view.rules.mask, view.rules_revision) == (PlateMask(2, 2), 1)
    assert desk.send(WITHDRAW, token).accepted
    assert board(desk).announcements == ()


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.kind)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_nobody_but_the_manager_may(desk: DeskUnderTest, role: Role, command: Command) -> None:
    assert code_of(desk, desk.sign_in("li", role), command) == "domain.access.role_may_not"
    assert board(desk) == BoardView()


def test_a_stale_revision_is_refused_and_both_are_named(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    for command in (HOURS, WATER, RULES):
        assert desk.send(command, token).accepted
        again = desk.send(command, token, id_=f"again-{command.kind}")
        assert again.refusal is not None
        assert (again.refusal.code, again.refusal.params) == ("desk.board.stale", {"base": 0, "newest": 1})
    assert desk.send(replace(HOURS, base_revision=1), token).result == {"revision": 2}
    assert desk.send(replace(WATER, base_revision=1, text_en="Over there."), token).result == {"revision": 2}
    assert code_of(desk, token, WITHDRAW) == "desk.board.stale"
    assert desk.send(WithdrawAnnouncement("water", 2), token).accepted
    assert code_of(desk, token, WithdrawAnnouncement("water", 2)) == "desk.board.not_published"
    assert desk.send(replace(WATER, base_revision=2), token).result == {"revision": 3}


def span(opens: str, closes: str, last: str | None = None) -> OpenSpan:
    return OpenSpan(time.fromisoformat(opens), time.fromisoformat(last) if last else None, time.fromisoformat(closes))


def day(weekday: int, opens: str, closes: str, last: str | None = None) -> DayHours:
    each = span(opens, closes, last)
    return DayHours(weekday, each.opens, each.last_intake, each.closes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"week": (day(0, "08:00", "12:00"),)}, "no_weekday"),
        ({"week": (day(8, "08:00", "12:00"),)}, "no_weekday"),
        ({"week": (day(1, "12:00", "08:00"),)}, "bad_span"),
        ({"week": (day(1, "08:00", "08:00"),)}, "bad_span"),
        ({"week": (day(1, "08:00", "12:00", "12:30"),)}, "bad_span"),
        ({"week": (day(1, "08:00", "12:00", "07:00"),)}, "bad_span"),
        ({"week": (day(1, "08:00", "12:00"), day(1, "11:59", "15:00"))}, "overlap"),
        ({"week": (day(1, "08:00+08:00", "12:00+08:00"),)}, "with_zone"),
        ({"week": tuple(day(1, f"{hour:02}:00", f"{hour:02}:30") for hour in range(5))}, "too_many"),
        ({"exceptions": (replace(CLOSED, spans=(span("09:00", "08:00"),)),)}, "bad_span"),
        ({"exceptions": (CLOSED, CLOSED)}, "day_twice"),
        ({"exceptions": (replace(CLOSED, note="x" * 201),)}, "bad_text"),
        ({"exceptions": tuple(replace(CLOSED, day=MONDAY + timedelta(days=n)) for n in range(101))}, "too_many"),
    ],
)
def test_hours_that_cannot_be_are_refused(desk: DeskUnderTest, changes: dict[str, Any], code: str) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    assert code_of(desk, token, replace(HOURS, **changes)) == f"desk.board.{code}"
    assert board(desk).hours is None


def test_spans_that_meet_and_a_holiday_without_a_note_are_fine(desk: DeskUnderTest) -> None:
    week = (day(1, "08:00", "12:00", "12:00"), day(1, "12:00", "15:00"))
    command = replace(HOURS, week=week, exceptions=(replace(CLOSED, note=""),))
    assert desk.send(command, desk.sign_in("boss", Role.MANAGER)).accepted


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"announcement_id": "water fountain"}, "bad_name"),
        ({"announcement_id": ""}, "bad_name"),
        ({"text_zh": ""}, "bad_text"),
        ({"text_en": "   "}, "bad_text"),
        ({"text_en": "x" * 201}, "bad_text"),
        ({"text_en": "two\nlines"}, "bad_text"),
        ({"text_zh": "反\u202e转"}, "bad_text"),
        ({"show_until": AT}, "ends_before"),
        ({"show_from": datetime(2026, 1, 5, 8, 0)}, "without_zone"),  # noqa: DTZ001 - that is the fault
        ({"screens": ("hall-1", "hall-1")}, "screen_twice"),
        ({"screens": tuple(f"hall-{n}" for n in range(21))}, "too_many"),
    ],
)
def test_announcements_that_cannot_be_are_refused(desk: DeskUnderTest, changes: dict[str, Any], code: str) -> None:
    assert code_of(desk, desk.sign_in("boss", Role.MANAGER), replace(WATER, **changes)) == f"desk.board.{code}"


def test_an_announcement_may_be_two_hundred_characters_in_any_zone(desk: DeskUnderTest) -> None:
    here = AT.astimezone(timezone(timedelta(hours=8)))
    command = replace(WATER, text_zh="水" * 200, show_from=here, show_until=AT + timedelta(seconds=1))
    assert desk.send(command, desk.sign_in("boss", Role.MANAGER)).accepted


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mask": PlateMask(4, 3)}, "bad_mask"),
        ({"mask": PlateMask(-1, 3)}, "bad_mask"),
        ({"shown_after_end_min": -1}, "bad_shown"),
        ({"shown_after_end_min": 241}, "bad_shown"),
        ({"page_s": 4}, "bad_page"),
        ({"page_s": 121}, "bad_page"),
        ({"screens": (ScreenRule("hall 1", (BoardContent.HOURS,)),)}, "bad_name"),
        ({"screens": (ScreenRule("a", ()),)}, "bad_contents"),
        ({"screens": (ScreenRule("a", (BoardContent.HOURS, BoardContent.HOURS)),)}, "bad_contents"),
        ({"screens": (ScreenRule("a", (BoardContent.HOURS,)),) * 2}, "screen_twice"),
    ],
)
def test_rules_that_cannot_be_are_refused(desk: DeskUnderTest, changes: dict[str, Any], code: str) -> None:
    assert code_of(desk, desk.sign_in("boss", Role.MANAGER), replace(RULES, **changes)) == f"desk.board.{code}"
