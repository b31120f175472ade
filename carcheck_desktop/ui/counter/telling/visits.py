"""Today's visits at the side, and one of them large; pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from carcheck_desktop.domain.path import StepState, path
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import typed_number
from carcheck_desktop.domain.views import Stage, is_over, stage
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.counter.state import Page, SideState
from carcheck_desktop.ui.counter.telling.car import plate_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import Mark, RowState, StagePathState, StageState
from carcheck_desktop.ui.widgets.forms.reading.plates import PROVINCES, clean_plate
from carcheck_desktop.ui.widgets.forms.states import SearchState
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter

TONES = {
    Stage.WAITING: (Tone.NEUTRAL, "clock"),
    Stage.IN_LANE: (Tone.RUNNING, "circle-dot"),
    Stage.INTERRUPTED: (Tone.CAUTION, "circle-pause"),
    Stage.MEASURED: (Tone.RUNNING, "gauge"),
    Stage.PASSED: (Tone.GOOD, "circle-check"),
    Stage.FAILED: (Tone.BAD, "circle-x"),
    Stage.HELD: (Tone.CAUTION, "lock"),
    Stage.READY: (Tone.GOOD, "inbox"),
    Stage.CLOSED: (Tone.NEUTRAL, "check"),
    Stage.WITHDRAWN: (Tone.NEUTRAL, "ban"),
}
MARKS = {
    StepState.DONE: Mark.DONE,
    StepState.NOW: Mark.NOW,
    StepState.PAUSED: Mark.HELD,
    StepState.FAILED: Mark.FAILED,
    StepState.TO_DO: Mark.TODO,
}


def usual_prefix(visits: Iterable[VisitView], home: str) -> str:
    """Return what most plates begin with: province and letter; the province alone while no car was seen."""
    heads = Counter(
        visit.vehicle.plate[:2]
        for visit in visits
        if visit.vehicle.plate[:1] in PROVINCES and (not home or visit.vehicle.plate[:1] == home)
    )
    return heads.most_common(1)[0][0] if heads else home


def of_today(presenter: CounterPresenter) -> list[VisitView]:
    """Return the visits that were opened today or are not over; those that go on first, then the newest."""
    today = presenter.today
    found = [
        each
        for each in presenter.station.visits.values()
        if not is_over(each) or inspection_date(each.opened_at) == today
    ]
    newest = sorted(found, key=lambda each: each.opened_at, reverse=True)
    return sorted(newest, key=is_over)


def side_state(presenter: CounterPresenter) -> SideState:
    """Return today's visits, those that match what is typed."""
    words, visits = presenter.words, of_today(presenter)
    wanted = _wanted(presenter)
    hits = [each for each in visits if wanted in each.vehicle.plate or _has_number(each, wanted)] if wanted else visits
    # the list is not there for who is not signed in
    hits = hits if presenter.station.session is not None else []
    found = words("ui.counter.side.found", count=len(hits)) if wanted else ""
    return SideState(
        title=words("ui.counter.side.title", count=len(visits)),
        search=SearchState(found, enabled=presenter.station.session is not None),
        rows=tuple(_row(each, words) for each in hits),
        chosen=presenter.visit,
        place=None if hits else _empty(presenter, wanted),
    )


def _has_number(visit: VisitView, wanted: str) -> bool:
    return visit.ticket is not None and visit.ticket.number == typed_number(wanted)


def _wanted(presenter: CounterPresenter) -> str:
    """Return the part of a plate to look for: what is searched for, else what is typed as the plate."""
    if presenter.searched:
        return clean_plate(presenter.searched)
    is_typing = presenter.page is Page.LOOK_UP and presenter.draft.plate not in ("", presenter.prefix())
    return presenter.draft.plate if is_typing and len(presenter.draft.plate) > 2 else ""


def _empty(presenter: CounterPresenter, wanted: str) -> PlaceState:
    words = presenter.words
    if presenter.station.session is None:
        return PlaceState(PlaceKind.EMPTY, words("ui.counter.side.nobody"), icon="lock")
    if not presenter.station.service.has_snapshot:
        return PlaceState(PlaceKind.LOADING, words("ui.counter.side.loading"))
    if wanted:
        return PlaceState(PlaceKind.EMPTY, words("ui.counter.side.none_found"), icon="search")
    return PlaceState(PlaceKind.EMPTY, words("ui.counter.side.none"), words("ui.counter.side.none_detail"))


def _row(visit: VisitView, words: Words) -> RowState:
    tone, icon = TONES[stage(visit)]
    detail = words("ui.counter.side.opened", at=short_time(visit.opened_at), by=visit.opened_by)
    return RowState(visit.visit_id, "", detail, stage_text(visit, words), icon, tone, plate=plate_of(visit.vehicle))


def stage_text(visit: VisitView, words: Words) -> str:
    """Return the word for where a visit is."""
    return words(f"ui.counter.stage.{stage(visit).value}")


def path_state(visit: VisitView, words: Words) -> StagePathState:
    """Return a visit's way through the station."""
    return StagePathState(
        tuple(StageState(step.key, words.message(step.name), MARKS[step.state]) for step in path(visit))
    )
