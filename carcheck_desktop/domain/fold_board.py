"""The fold of what a manager recorded for the hall: (view, entry) -> view, pure and total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import BoardRules
from carcheck_desktop.domain.prices import PriceListView
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import AnnouncementView, BoardView, OpeningHoursView

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry


def fold_board(view: BoardView, entry: Entry) -> BoardView:
    """Return the board's view after one more entry."""
    if entry.subject not in f.BOARD_SUBJECTS:
        return view
    fact = entry.fact()
    if isinstance(fact, f.OpeningHoursSet):
        return _with_hours(view, fact, entry)
    if isinstance(fact, f.AnnouncementPublished):
        return _with_announcement(view, fact, entry)
    if isinstance(fact, f.AnnouncementWithdrawn):
        left = tuple(each for each in view.announcements if each.announcement_id != fact.announcement_id)
        return replace(view, announcements=left)
    if isinstance(fact, f.BoardRulesSet):
        rules = BoardRules(fact.mask, fact.shown_after_end_min, fact.page_s, fact.screens)
        return replace(view, rules=rules, rules_revision=fact.revision)
    return _with_prices(view, fact, entry) if isinstance(fact, f.PriceListPublished) else view


def _with_hours(view: BoardView, fact: f.OpeningHoursSet, entry: Entry) -> BoardView:
    """A later record replaces every earlier one from its first day on."""
    new = OpeningHoursView(fact.revision, fact.valid_from, fact.week, fact.exceptions, entry.at, entry.actor)
    known = (*((view.hours,) if view.hours else ()), *view.hours_to_come)
    records = (*(each for each in known if each.valid_from < new.valid_from), new)
    today = inspection_date(entry.at)
    begun = [each for each in records if each.valid_from <= today]
    to_come = tuple(each for each in records if each.valid_from > today)
    return replace(view, hours=begun[-1] if begun else None, hours_to_come=to_come)


def _with_prices(view: BoardView, fact: f.PriceListPublished, entry: Entry) -> BoardView:
    """A later list replaces every earlier one from its first day on."""
    new = PriceListView(
        fact.revision, fact.valid_from, fact.valid_until, fact.lines, entry.at, entry.actor, fact.approved_by
    )
    known = (*((view.prices,) if view.prices else ()), *view.prices_to_come)
    records = (*(each for each in known if each.valid_from < new.valid_from), new)
    today = inspection_date(entry.at)
    begun = [each for each in records if each.valid_from <= today]
    to_come = tuple(each for each in records if each.valid_from > today)
    return replace(view, prices=begun[-1] if begun else None, prices_to_come=to_come)


def _with_announcement(view: BoardView, fact: f.AnnouncementPublished, entry: Entry) -> BoardView:
    """The new text takes the place of the earlier one; what is over by now is forgotten."""
    new = AnnouncementView(
        fact.announcement_id, fact.revision, fact.text_zh, fact.text_en, fact.urgent,
        fact.show_from, fact.show_until, fact.screens, entry.at, entry.actor,
    )  # fmt: skip
    others = tuple(
        each
        for each in view.announcements
        if each.announcement_id != fact.announcement_id and (each.show_until is None or each.show_until > entry.at)
    )
    return replace(view, announcements=(*others, new))
