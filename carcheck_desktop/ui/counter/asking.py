"""What the counter asks the service: look-up, preview, opening; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.intake import LookupAnswer, VisitPreview
from carcheck_desktop.domain.private import Presenter
from carcheck_desktop.ui.counter.draft.checks import field_of
from carcheck_desktop.ui.counter.draft.draft import Draft
from carcheck_desktop.ui.counter.draft.fields import FIELDS
from carcheck_desktop.ui.counter.draft.person import CONSENT_VERSION, clean_telephone
from carcheck_desktop.ui.counter.sending import LOOK_UP, OPEN, PREVIEW, Sending
from carcheck_desktop.ui.counter.state import Page

HERE = "desk.intake.already_here"

if TYPE_CHECKING:
    from carcheck_desktop.domain.commands import Reply


class Asking(Sending):
    """One intake after the other, from the plate to the open visit."""

    def begin(self, plate: str = "") -> None:
        """Begin with the next car."""
        self.draft = Draft()
        self.draft.type_plate(plate)
        self.problem, self.opened_id, self.correcting = None, "", ""
        self.insisted.clear()
        self._open -= {LOOK_UP, PREVIEW, OPEN}
        self.go(Page.LOOK_UP)

    def look_up(self) -> None:
        """Ask what is known of the plate; while nobody answers the fields can be typed."""
        draft = self.draft
        if not self.station.service.up:
            draft.failed(Problem("ui.counter.service_away", {}, Severity.WARNING))
            self._after_look_up()
            return
        draft.asked()
        if self._at is Page.LOOK_UP:
            self.go(Page.WAITING)
        vin = draft.text("vin").strip().upper()
        self._send(LOOK_UP, c.LookUpVehicle(draft.plate, draft.plate_kind, vin[-4:]), self._looked_up)

    def _looked_up(self, draft: Draft, reply: Reply) -> None:
        draft.answered(from_plain(reply.result, LookupAnswer))
        self._after_look_up()

    def _after_look_up(self) -> None:
        """Go on to what there is to do now; whoever types already is left in peace."""
        answer = self.draft.answer
        if answer is not None and answer.open_visit_id is not None and self._at in (Page.LOOK_UP, Page.WAITING):
            self._at = Page.LOOK_UP
            self.show_visit(answer.open_visit_id)
        elif self._at in (Page.LOOK_UP, Page.WAITING):
            self.go(Page.KNOWN if self.draft.is_known else Page.LICENCE)

    def type_meanwhile(self) -> None:
        """Type without waiting for the answer."""
        self.go(Page.LICENCE)

    def show_visit(self, visit_id: str) -> None:
        """Look at a visit; the intake waits as it is."""
        self.visit = visit_id
        self.lead("next" if self.looked_at() is not None else self._first_of(self._at))

    def ask_preview(self) -> None:
        """Ask ahead what the visit would be, so that nobody waits for it."""
        checked = self.checked()
        if checked.vehicle is not None and not self.is_asking(PREVIEW):
            self._send(PREVIEW, c.PreviewVisit(checked.vehicle, checked.inspection), self._previewed)

    def _previewed(self, draft: Draft, reply: Reply) -> None:
        draft.preview = from_plain(reply.result, VisitPreview)

    def open_visit(self) -> None:
        """Take the car in."""
        checked, draft = self.checked(), self.draft
        if checked.vehicle is None or self.is_asking(OPEN):
            return
        answer = draft.answer
        lookup_id = answer.lookup_id if answer is not None else None
        command = c.OpenVisit(
            checked.vehicle,
            checked.inspection,
            origins=draft.origins(),
            owner=draft.text("owner").strip(),
            presenter=self._presenter(),
            booking_id=answer.booking_id if answer is not None else None,
            lookup_id=lookup_id,
            insured_until=answer.authority.insured_until
            if answer is not None and answer.authority is not None
            else None,
        )
        self._send(OPEN, command, lambda _draft, reply: self._visit_opened(str(reply.result["visit_id"])))

    def _presenter(self) -> Presenter | None:
        draft = self.draft
        if draft.consented_at is None or not draft.presenter.strip():
            return None
        telephone = clean_telephone(draft.telephone)
        return Presenter(draft.presenter.strip(), telephone, CONSENT_VERSION, draft.consented_at)

    def _visit_opened(self, visit_id: str) -> None:
        self.opened_id = visit_id
        self.go(Page.DONE)

    def _not_opened(self, problem: Problem) -> None:
        """Lead to what keeps the visit from being opened."""
        here = self.here()
        is_ours = here is not None and self.draft.answer is not None and here.lookup_id == self.draft.answer.lookup_id
        if here is not None and is_ours:
            # the answer to an earlier try was lost on its way
            self.problem = None
            self._visit_opened(here.visit_id)
            return
        field = field_of(problem)
        self.draft.refused = problem
        visit = str(problem.params.get("visit", ""))
        if problem.code == HERE and visit in self.station.visits:
            self.show_visit(visit)
        if field in FIELDS:
            self.go(Page(FIELDS[field].page.value), field)
        elif field in ("presenter", "telephone"):
            self.go(Page.PERSON, field)
        elif field == "plate":
            self.go(Page.LOOK_UP)

    def _refused(self, key: str, problem: Problem) -> None:
        super()._refused(key, problem)
        if key == LOOK_UP:
            # whoever may not ask types; what was refused stands beside the fields
            self.problem = None
            self.draft.failed(problem)
            self._after_look_up()
        elif key == OPEN and self.station.session is not None:
            self._not_opened(problem)
