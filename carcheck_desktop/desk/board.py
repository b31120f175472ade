"""What a manager records for the hall: hours, announcements, rules; nonsense and stale revisions are refused."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import OpenSpan
from carcheck_desktop.domain.commands import (
    Command,
    PublishAnnouncement,
    SetBoardRules,
    SetOpeningHours,
    WithdrawAnnouncement,
)
from carcheck_desktop.domain.facts.board import ANNOUNCEMENTS_SUBJECT, HOURS_SUBJECT, RULES_SUBJECT
from carcheck_desktop.domain.fold import fold_board
from carcheck_desktop.domain.views import NO_BOARD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.board import PlateMask, ScreenRule
    from carcheck_desktop.domain.ports import Journal, UnitOfWork
    from carcheck_desktop.domain.views import BoardView

NAME = re.compile(r"[\w\-.]{1,40}")
"""An announcement's id and a screen's name."""
LONGEST_TEXT = 200
MOST_SPANS = 4
"""Of one day."""
MOST_EXCEPTIONS = 100
MOST_SCREENS = 20
MOST_KEPT = 6
"""Characters of a plate that a rule may keep, of the seven or eight a plate has; two stay hidden in any case."""
LONGEST_SHOWN_MIN = 240
SHORTEST_PAGE_S, LONGEST_PAGE_S = 5, 120
"""Five seconds read a page of plates; nobody stands for more than two minutes before one."""

Revised = f.OpeningHoursSet | f.AnnouncementPublished | f.BoardRulesSet
SUBJECTS: dict[type[Revised], str] = {
    f.OpeningHoursSet: HOURS_SUBJECT,
    f.AnnouncementPublished: ANNOUNCEMENTS_SUBJECT,
    f.BoardRulesSet: RULES_SUBJECT,
}


def board_of(journal: Journal) -> BoardView:
    """Return the board's view, folded from every fact about it."""
    view = NO_BOARD
    for subject in f.BOARD_SUBJECTS:
        for entry in journal.of_subject(subject):
            view = fold_board(view, entry)
    return view


def change_board(uow: UnitOfWork, command: Command, *, actor: str) -> int | None:
    """Carry out a command of the board and return the revision it made; None for any other command.

    Raises `RefusedError` for what cannot be, and when somebody recorded a newer revision meanwhile.
    """
    fact: Revised | f.AnnouncementWithdrawn
    if isinstance(command, SetOpeningHours):
        fact = _hours(uow, command)
    elif isinstance(command, PublishAnnouncement):
        fact = _announcement(uow, command)
    elif isinstance(command, WithdrawAnnouncement):
        fact = _withdrawal(uow, command)
    elif isinstance(command, SetBoardRules):
        fact = _rules(uow, command)
    else:
        return None
    record(uow, fact, actor=actor)
    return fact.revision


def _hours(uow: UnitOfWork, command: SetOpeningHours) -> f.OpeningHoursSet:
    revision = _next(uow, f.OpeningHoursSet, command.base_revision)
    if len(command.exceptions) > MOST_EXCEPTIONS:
        raise RefusedError(
            "desk.board.too_many", what="exceptions", given=len(command.exceptions), most=MOST_EXCEPTIONS
        )
    for weekday in {each.weekday for each in command.week}:
        if not 1 <= weekday <= 7:
            raise RefusedError("desk.board.no_weekday", weekday=weekday)
        own = [OpenSpan(each.opens, each.last_intake, each.closes) for each in command.week if each.weekday == weekday]
        _check_spans(str(weekday), own)
    days = [each.day for each in command.exceptions]
    for exception in command.exceptions:
        if days.count(exception.day) > 1:
            raise RefusedError("desk.board.day_twice", day=exception.day)
        _check_text(exception.note, may_be_empty=True)
        _check_spans(exception.day.isoformat(), exception.spans)
    return f.OpeningHoursSet(revision, command.valid_from, command.week, command.exceptions)


def _check_spans(day: str, spans: Sequence[OpenSpan]) -> None:
    """Refuse spans that end before they begin, overlap, or take in vehicles while closed."""
    if len(spans) > MOST_SPANS:
        raise RefusedError("desk.board.too_many", what="spans", given=len(spans), most=MOST_SPANS)
    for span in spans:
        last = span.closes if span.last_intake is None else span.last_intake
        if any(moment.tzinfo is not None for moment in (span.opens, last, span.closes)):
            raise RefusedError("desk.board.with_zone", day=day, opens=span.opens, closes=span.closes)
        if not (span.opens < span.closes and span.opens <= last <= span.closes):
            raise RefusedError("desk.board.bad_span", day=day, opens=span.opens, last=last, closes=span.closes)
    for before, after in pairwise(sorted(spans, key=lambda span: span.opens)):
        if after.opens < before.closes:
            raise RefusedError("desk.board.overlap", day=day, closes=before.closes, opens=after.opens)


def _announcement(uow: UnitOfWork, command: PublishAnnouncement) -> f.AnnouncementPublished:
    _check_name(command.announcement_id)
    revision = _next(uow, f.AnnouncementPublished, command.base_revision, command.announcement_id)
    _check_text(command.text_zh)
    _check_text(command.text_en)
    moments = [command.show_from, *([command.show_until] if command.show_until is not None else [])]
    if any(moment.tzinfo is None for moment in moments):
        raise RefusedError("desk.board.without_zone", show_from=command.show_from)
    if command.show_until is not None and command.show_until <= command.show_from:
        raise RefusedError("desk.board.ends_before", show_from=command.show_from, show_until=command.show_until)
    _check_screens(command.screens)
    return f.AnnouncementPublished(
        command.announcement_id, revision, command.text_zh, command.text_en, command.urgent,
        command.show_from, command.show_until, command.screens,
    )  # fmt: skip


def _withdrawal(uow: UnitOfWork, command: WithdrawAnnouncement) -> f.AnnouncementWithdrawn:
    shown = {each.announcement_id for each in board_of(uow.journal).announcements}
    if command.announcement_id not in shown:
        raise RefusedError("desk.board.not_published", announcement=command.announcement_id[:40])
    newest = _next(uow, f.AnnouncementPublished, command.base_revision, command.announcement_id) - 1
    return f.AnnouncementWithdrawn(command.announcement_id, newest)


def _rules(uow: UnitOfWork, command: SetBoardRules) -> f.BoardRulesSet:
    revision = _next(uow, f.BoardRulesSet, command.base_revision)
    _check_mask(command.mask)
    if not 0 <= command.shown_after_end_min <= LONGEST_SHOWN_MIN:
        raise RefusedError("desk.board.bad_shown", given=command.shown_after_end_min, most=LONGEST_SHOWN_MIN)
    if not SHORTEST_PAGE_S <= command.page_s <= LONGEST_PAGE_S:
        raise RefusedError("desk.board.bad_page", given=command.page_s, least=SHORTEST_PAGE_S, most=LONGEST_PAGE_S)
    _check_screens([screen.name for screen in command.screens])
    for screen in command.screens:
        _check_contents(screen)
    return f.BoardRulesSet(revision, command.mask, command.shown_after_end_min, command.page_s, command.screens)


def _check_mask(mask: PlateMask) -> None:
    if mask.keep_first < 0 or mask.keep_last < 0 or mask.keep_first + mask.keep_last > MOST_KEPT:
        raise RefusedError("desk.board.bad_mask", first=mask.keep_first, last=mask.keep_last, most=MOST_KEPT)


def _check_contents(screen: ScreenRule) -> None:
    if not screen.contents or len(set(screen.contents)) != len(screen.contents):
        raise RefusedError("desk.board.bad_contents", screen=screen.name)


def _check_screens(names: Sequence[str]) -> None:
    if len(names) > MOST_SCREENS:
        raise RefusedError("desk.board.too_many", what="screens", given=len(names), most=MOST_SCREENS)
    for name in names:
        _check_name(name)
    if len(set(names)) != len(names):
        raise RefusedError("desk.board.screen_twice", screens=", ".join(names))


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise RefusedError("desk.board.bad_name", name=name[:60])


def _check_text(text: str, *, may_be_empty: bool = False) -> None:
    is_readable = bool(text.strip()) and all(sign.isprintable() for sign in text)
    if len(text) > LONGEST_TEXT or not (is_readable or (may_be_empty and not text)):
        raise RefusedError("desk.board.bad_text", length=len(text), most=LONGEST_TEXT)


def _next(uow: UnitOfWork, kind: type[Revised], base: int, announcement_id: str = "") -> int:
    """Return the next revision; raise `RefusedError` naming both when `base` is not the newest."""
    newest = 0
    for entry in uow.journal.of_subject(SUBJECTS[kind]):
        fact = entry.fact()
        if not isinstance(fact, kind):
            continue
        if isinstance(fact, f.AnnouncementPublished) and fact.announcement_id != announcement_id:
            continue
        newest = fact.revision
    if base != newest:
        raise RefusedError("desk.board.stale", base=base, newest=newest)
    return newest + 1
