"""Putting right what was taken in wrongly, before the lane: the intake's pages once more, filled from the visit; no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.ui.counter.draft.checks import field_of
from carcheck_desktop.ui.counter.draft.draft import Draft, Entry
from carcheck_desktop.ui.counter.draft.fields import FIELDS, LATER, FieldPage, text_of
from carcheck_desktop.ui.counter.sending import CORRECT
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.visit.doing.finding import by_number
from carcheck_desktop.ui.counter.walking import Walking
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.commands import Reply
    from carcheck_desktop.domain.intake import ValueOrigin
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import VisitView

FIXED = ("owner", "inspection")
"""What is no value of the vehicle: it stays as it was taken in."""


def draft_of(visit: VisitView) -> Draft:
    """Return a draft that stands as the visit was taken in; what nobody had looked at is left for later once more."""
    draft, car = Draft(), visit.vehicle
    draft.plate = car.plate
    draft.choose_kind(car.plate_kind)
    for name, spec in FIELDS.items():
        if name in FIXED:
            continue
        text = text_of(getattr(car, name))
        if not text and spec.page is FieldPage.STATION and LATER in spec.choices:
            text = LATER
        draft.entries[name] = Entry(text, visit.origins.get(name))
    draft.entries["inspection"] = Entry(visit.inspection.value)
    draft.fixed = frozenset(FIXED)
    return draft


class Correcting(Walking):
    """An intake, or one that is put right."""

    @property
    def is_taking_in(self) -> bool:
        """Say whether an intake stands half done behind the visit that is looked at."""
        return self._at not in (Page.LOOK_UP, Page.DONE)

    def corrected(self) -> VisitView | None:
        """Return the visit that is put right; None for an intake."""
        return self.station.visits.get(self.correcting) if self.correcting else None

    def correct(self) -> None:
        """Begin to put the visit right that is large."""
        visit = self.looked_at()
        if visit is None:
            return
        self.begin()
        self.draft, self.correcting = draft_of(visit), visit.visit_id
        self.go(Page.LOOK_UP)

    def here(self) -> VisitView | None:
        """Return the visit that is meant by what stands in the plate's field; one that is put right is no other."""
        found = super().here()
        if found is None and self._at is Page.LOOK_UP and not self.correcting:
            found = by_number(self.station.visits.values(), self.draft.plate, self.prefix())
        return found if found is None or found.visit_id != self.correcting else None

    def go_on(self, field: str) -> None:
        """Go to the next field; behind the plate of a correction are the licence's."""
        if self.page is not Page.LOOK_UP:
            super().go_on(field)
        elif read_plate(self.draft.plate).fault is not None:
            self.insisted.add("plate")
            self.lead("plate")
        else:
            self.go(Page.LICENCE)

    def back(self) -> None:
        """Go one screen back; from the first one of a correction to its visit, nothing changed."""
        if not self.correcting or self.visit or self.page is Page.PAY:
            super().back()
        elif self._at is Page.PLAN:
            self.problem = None
            self.go(Page.STATION)
        elif self._at is Page.LOOK_UP:
            self._end_correction()
        else:
            super().back()

    def _leave_car(self) -> None:
        if self.correcting:
            self.ask_preview()
            self.go(Page.PLAN)
        else:
            super()._leave_car()

    def _previewed(self, draft: Draft, reply: Reply) -> None:
        super()._previewed(draft, reply)
        preview = draft.preview
        if self.correcting and preview is not None:
            # that the car is here is what a correction is about
            others = tuple(each for each in preview.problems if each.params.get("visit") != self.correcting)
            draft.preview = replace(preview, problems=others)

    def send_correction(self) -> None:
        """Put the visit right."""
        vehicle = self.checked().vehicle
        if vehicle is None or self.is_asking(CORRECT):
            return
        origins = {name: origin for name, origin in self.draft.origins().items() if name not in FIXED}
        command = c.CorrectVisit(self.correcting, vehicle, self._changed(vehicle, origins))
        self._send(CORRECT, command, lambda _draft, reply: self._was_corrected(reply))

    def _changed(self, vehicle: Vehicle, origins: dict[str, ValueOrigin]) -> dict[str, ValueOrigin]:
        """Return the origins of the values that are other ones now."""
        visit = self.corrected()
        if visit is None:
            return origins
        before = visit.vehicle
        return {name: each for name, each in origins.items() if getattr(before, name) != getattr(vehicle, name)}

    def _was_corrected(self, reply: Reply) -> None:
        count = int(reply.result.get("differences", 0))
        text = self.words("ui.counter_visit.said.correct", count=count)
        self.sayings.say(ToastState("done_correct", Tone.GOOD, "circle-check", text))
        self._end_correction()

    def _end_correction(self) -> None:
        visit_id = self.correcting
        self.begin()
        self.show_visit(visit_id)

    def _refused(self, key: str, problem: Problem) -> None:
        super()._refused(key, problem)
        if key != CORRECT or self.station.session is None:
            return
        field = field_of(problem)
        self.draft.refused = problem
        if field in FIELDS:
            self.go(Page(FIELDS[field].page.value), field)
        elif field == "plate":
            self.go(Page.LOOK_UP)
