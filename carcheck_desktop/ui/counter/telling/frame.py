"""The frame of the counter window: header, what holds for the whole window, where in the intake one is; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.frame.telling import banner_of, of_link
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import Standing, StepperState, StepState
from carcheck_desktop.ui.widgets.notices.states import BannerState, by_severity

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.work import Work

STEPS = ("look_up", "car", "person", "plan", "pay")
STEP_OF = {
    Page.LOOK_UP: 0, Page.WAITING: 0, Page.KNOWN: 1, Page.LICENCE: 1, Page.STATION: 1, Page.PERSON: 2, Page.PLAN: 3,
    Page.PAY: 4, Page.DONE: 5,
}  # fmt: skip
IN_INTAKE = (Page.KNOWN, Page.LICENCE, Page.STATION, Page.PERSON, Page.PLAN)


def steps_state(page: Page, intake_page: Page, words: Words, *, is_unpaid: bool = False) -> StepperState:
    """Return where in the intake somebody is; one that is done without its money is still at paying."""
    at = STEP_OF.get(intake_page if page in (Page.VISIT, Page.SIGN_IN) else page, 0)
    at = min(at, STEP_OF[Page.PAY]) if is_unpaid else at
    steps = []
    for number, key in enumerate(STEPS):
        standing = Standing.DONE if number < at else Standing.NOW if number == at else Standing.TO_DO
        steps.append(StepState(words(f"ui.counter.step.{key}"), standing))
    name = steps[at].name if at < len(steps) else words("ui.counter.step.done")
    spoken = words("ui.counter.step.spoken", number=min(at + 1, len(steps)), count=len(steps), name=name)
    return StepperState(tuple(steps), spoken)


def banners(work: Work) -> tuple[BannerState, ...]:
    """Return everything that holds now, the gravest first."""
    words, station = work.words, work.station
    found: list[BannerState | None] = [*of_link(station, words, words("ui.counter.away_detail"))]
    if work.problem is not None:
        found.append(banner_of(work.problem, words))
    if work.page in IN_INTAKE:
        found += _of_intake(work)
    if work.correcting and work.page in (Page.LOOK_UP, *IN_INTAKE):
        found.append(_of_correction(work))
    return by_severity(each for each in found if each is not None)


def _of_correction(work: Work) -> BannerState:
    """Return which visit is put right, so that nobody takes it for an intake."""
    visit = work.station.visits.get(work.correcting)
    plate = visit.vehicle.plate if visit is not None else "-"
    number = visit.ticket.number if visit is not None and visit.ticket is not None else ""
    text = work.words("ui.counter_visit.correcting", plate=plate, number=number)
    return BannerState(Tone.CAUTION, "pencil", text, work.words("ui.counter_visit.correcting_detail"))


def _of_intake(work: Work) -> list[BannerState | None]:
    """Return what is to be known of this car: it is here already, somebody else is at it, nobody outside answered."""
    words, draft, here = work.words, work.draft, work.here()
    found: list[BannerState | None] = []
    if here is not None and here.visit_id != work.opened_id:
        text = words("ui.counter.here.title", plate=here.vehicle.plate)
        detail = words("ui.counter.here.detail", by=here.opened_by, at=short_time(here.opened_at))
        found.append(BannerState(Tone.BAD, "car-front", text, detail))
    answer = draft.answer
    if answer is not None and answer.busy_with and here is None:
        text = words("ui.counter.busy_with", by=answer.busy_with, at=short_time(answer.busy_since))
        found.append(BannerState(Tone.CAUTION, "user-round", text, words("ui.counter.busy_with_next")))
    if work.page in (Page.KNOWN, Page.LICENCE, Page.STATION):
        problem = answer.problem if answer is not None else draft.failure
        found.append(banner_of(problem, words) if problem is not None else None)
    return found
