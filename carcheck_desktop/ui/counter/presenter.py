"""What the counter window shows and does, in plain Python: tested without Qt.

Each key comes here as a method; `state()` is everything the window paints.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.counter.asking import Asking
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage
from carcheck_desktop.ui.counter.draft.person import telephone_fault
from carcheck_desktop.ui.counter.sending import OPEN, PREVIEW
from carcheck_desktop.ui.counter.state import CounterState, Page
from carcheck_desktop.ui.counter.telling import actions as act
from carcheck_desktop.ui.counter.telling import visits as telling_visits
from carcheck_desktop.ui.counter.telling.frame import banners, head_state, steps_state
from carcheck_desktop.ui.counter.telling.screens import content
from carcheck_desktop.ui.widgets.forms.reading.plates import PROVINCES, read_plate

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.bridge.words import Words

COVERED_AFTER_S = 180.0
"""So long nobody touches the window before personal data are covered."""
FORM_PAGES = {Page.LICENCE: FieldPage.LICENCE, Page.STATION: FieldPage.STATION}
BACK = {Page.WAITING: Page.LOOK_UP, Page.KNOWN: Page.LOOK_UP, Page.PLAN: Page.PERSON}


class CounterPresenter(Asking):
    """State and keys of one counter window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.searched = ""
        self._touched_s = monotonic()

    # -- what came ---------------------------------------------------------------------------

    def take(self, heard: Heard) -> None:
        """Take in what a drain of the station brought."""
        self.end_shift()
        if heard.changed and self._at is Page.PLAN and not self.is_asking(OPEN):
            here, answer = self.here(), self.draft.answer
            if here is not None and answer is not None and here.lookup_id == answer.lookup_id:
                # the visit is there though its answer was lost
                self.problem = None
                self._visit_opened(here.visit_id)

    # -- presence ----------------------------------------------------------------------------

    @property
    def is_covered(self) -> bool:
        """Say whether personal data are covered, because nobody has been there for a while."""
        return self._monotonic() - self._touched_s >= COVERED_AFTER_S

    def touched(self) -> bool:
        """Somebody is there; return whether that only uncovered what was covered."""
        was_covered = self.is_covered
        self._touched_s = self._monotonic()
        return was_covered

    # -- what is typed -----------------------------------------------------------------------

    def type_plate(self, text: str) -> None:
        """Take the plate that is typed."""
        if text != self.draft.plate:
            self.problem = None
            self.draft.type_plate(text)

    def choose_kind(self, kind: str) -> None:
        """Take the kind of plate that was chosen."""
        if kind:
            self.draft.choose_kind(PlateKind(kind))

    def type(self, name: str, text: str) -> None:
        """Take what is typed into a field."""
        draft = self.draft
        if name == "presenter" and text != draft.presenter:
            draft.presenter, draft.presenter_is_typed = text, True
        elif name == "telephone":
            draft.telephone = text
        elif name in FIELDS and text != draft.text(name):
            self.typing = name
            self.problem = None
            draft.type(name, text)

    def at(self, field: str) -> None:
        """The keyboard went to a field: what stands in the others is judged."""
        if self.typing != field:
            self.typing = ""

    def confirm(self, name: str) -> None:
        """Somebody stands by a doubtful value; go on to the next."""
        self.draft.confirm(name)
        self.typing = ""
        self._go_on(name)

    def look_at(self, visit_id: str) -> None:
        """Look at a visit of the list; the keyboard stays there, the intake waits as it is."""
        self.visit = visit_id

    def begin_anew(self) -> None:
        """Leave this car and begin with the next: nothing is opened."""
        if self.station.session is not None and not self.is_asking(OPEN):
            self.begin()

    def search(self, words: str) -> None:
        """Look for visits of today."""
        self.searched = words

    # -- actions -----------------------------------------------------------------------------

    def prefix(self) -> str:
        """Return what most plates begin with: the station's province and the letter of the last cars."""
        handshake = self.station.service.handshake
        home = getattr(handshake, "province", "") if handshake is not None else ""
        return telling_visits.usual_prefix(self.station.visits.values(), home if home in PROVINCES else "")

    def bar(self) -> act.Situation:
        """Return what the actions depend on."""
        checked = self.checked()
        page = FORM_PAGES.get(self.page)
        here = self.here()
        return act.Situation(
            page=self.page,
            session=self.station.session,
            service_up=self.station.service.up,
            asking=frozenset(self._open),
            plate_fault=read_plate(self.draft.plate or self.prefix()).fault,
            here=here if here is not None and here.visit_id != self.opened_id else None,
            blocking=checked.blocking_on(page) if page else (),
            doubtful=checked.open_on(page) if page else (),
            lookup_failed=self.draft.is_unanswered,
            problem=self.problem,
            preview=self.draft.preview,
            has_presenter=bool(self.draft.presenter.strip()),
            has_telephone_fault=bool(telephone_fault(self.draft.telephone)),
            intake_page=self.intake_page,
        )

    def act(self, key: str, field: str = "") -> None:
        """Do what a button or key of the bar stands for; `field` has the keyboard."""
        self.typing = ""
        simple: dict[str, Callable[[], None]] = {
            act.LOOK_UP: self._look_up,
            act.TYPE: self.type_meanwhile,
            act.VERIFIED: self._verified,
            act.CHANGE: lambda: self.go(Page.LICENCE),
            act.LOOK_AGAIN: self.look_up,
            act.AGREE: self._agree,
            act.DECLINE: self._decline,
            act.OPEN: self.open_visit,
            act.MEND: self._mend,
            act.NEXT_CAR: self.begin,
            act.SHOW_HERE: self._show_here,
            act.RETURN: lambda: self.show_visit(""),
            act.BACK: self.back,
            act.PREVIEW: self.ask_preview,
        }
        if key == act.GO_ON:
            self._go_on(field)
        elif key in simple:
            simple[key]()

    def refuse(self, key: str, field: str = "") -> None:
        """An action is not possible now: lead to what is missing, or say why."""
        self.typing = ""
        situation = self.bar()
        if key == act.GO_ON:
            self._go_on(field)
        elif key == act.LOOK_UP and situation.plate_fault is not None:
            self.insisted.add("plate")
            self.lead("plate")
        elif key == act.AGREE:
            self._insist_on_person()
        else:
            self.sayings.why_not(act.why_not(key, situation, self.words))

    def back(self) -> None:
        """Go one screen back; nothing that was typed is lost."""
        if self.visit:
            self.show_visit("")
            return
        before = {
            Page.LICENCE: Page.KNOWN if self.draft.is_known else Page.LOOK_UP,
            Page.STATION: Page.LICENCE,
            Page.PERSON: Page.STATION if not self.draft.is_known else Page.KNOWN,
            **BACK,
        }
        if self._at in before:
            self.problem = None
            self.go(before[self._at])
        elif self._at is Page.LOOK_UP:
            self.begin()

    def dismiss(self) -> None:
        """Esc: take away what was said, else go back."""
        if self.sayings.said:
            self.sayings.clear()
        elif self.problem is not None:
            self.problem = None
        else:
            self.back()

    def _look_up(self) -> None:
        self.draft.type_plate(self.draft.plate or self.prefix())
        self.look_up()

    def _show_here(self) -> None:
        here = self.here()
        if here is not None:
            self.show_visit(here.visit_id)

    def _verified(self) -> None:
        """Somebody has compared everything: what is missing still is asked, else the car is done."""
        checked = self.checked()
        for name in checked.doubts:
            self.draft.confirm(name)
        for page, wanted in FORM_PAGES.items():
            if checked.blocking_on(wanted):
                self.go(page)
                return
        self._leave_car()

    def _go_on(self, field: str) -> None:
        """Go to the next field about which something is to be done; from the last one to the next screen."""
        page = self.page
        if page not in FORM_PAGES:
            return
        todo = self.checked().open_on(FORM_PAGES[page])
        if field in todo and field in self.checked().blocking_on(FORM_PAGES[page]):
            self.insisted.add(field)
            self.lead(field)
            return
        order = list(FIELDS)
        after = [name for name in todo if field in FIELDS and order.index(name) > order.index(field)]
        if after or todo:
            self.lead(next(iter(after or todo)))
        elif page is Page.LICENCE:
            self.go(Page.STATION)
        else:
            self._leave_car()

    def _leave_car(self) -> None:
        self.ask_preview()
        self.go(Page.PERSON)

    def _insist_on_person(self) -> None:
        """Lead to what is missing of who brings the car."""
        wanted = "telephone" if self.draft.presenter.strip() else "presenter"
        self.insisted.add(wanted)
        self.lead(wanted)

    def _agree(self) -> None:
        if not self.draft.presenter.strip() or telephone_fault(self.draft.telephone):
            self._insist_on_person()
            return
        self.draft.consented_at = self.now
        self._to_plan()

    def _decline(self) -> None:
        """Nobody's name is kept: the visit has no presenter."""
        self.draft.presenter, self.draft.telephone, self.draft.consented_at = "", "", None
        self.draft.presenter_is_typed = True
        self._to_plan()

    def _to_plan(self) -> None:
        if self.draft.preview is None and not self.is_asking(PREVIEW):
            self.ask_preview()
        self.go(Page.PLAN)

    def _mend(self) -> None:
        """Go to the field that keeps the visit from being opened."""
        preview = self.draft.preview
        for problem in preview.problems if preview is not None else ():
            self._not_opened(problem)
            self.problem = problem
            return
        self.back()

    # -- what is shown -----------------------------------------------------------------------

    def state(self) -> CounterState:
        """Return the whole window."""
        words = self.words
        return CounterState(
            head=head_state(self.station, words),
            page=self.page,
            steps=steps_state(self.page, self.intake_page, words),
            banners=banners(self),
            content=content(self),
            side=telling_visits.side_state(self),
            actions=act.bar_state(self.bar(), words),
            toasts=self.sayings.said,
            focus=self.focus,
            covered=self.is_covered,
        )
