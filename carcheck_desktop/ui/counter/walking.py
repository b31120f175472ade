"""From screen to screen: what is typed, and where each key leads; no Qt."""

from __future__ import annotations

from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.counter.draft.draft import Draft, Looking
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage
from carcheck_desktop.ui.counter.draft.person import telephone_fault
from carcheck_desktop.ui.counter.paying import Paying
from carcheck_desktop.ui.counter.sending import OPEN, PREVIEW
from carcheck_desktop.ui.counter.state import Page

FORM_PAGES = {Page.LICENCE: FieldPage.LICENCE, Page.STATION: FieldPage.STATION}
BACK = {Page.WAITING: Page.LOOK_UP, Page.KNOWN: Page.LOOK_UP, Page.PLAN: Page.PERSON, Page.STATION: Page.LICENCE}


class Walking(Paying):
    """One intake on its way through the screens."""

    def type_plate(self, text: str) -> None:
        """Take the plate that is typed."""
        if text == self.draft.plate:
            return
        self.problem = None
        if self.draft.looking is not Looking.NOT_YET:
            # what is known belongs to the other plate
            self.draft = Draft()
            self.insisted.clear()
        self.draft.type_plate(text)

    def choose_kind(self, kind: str) -> None:
        """Take the kind of plate that was chosen."""
        if kind:
            self.draft.choose_kind(PlateKind(kind))

    def type(self, name: str, text: str) -> None:
        """Take what is typed into a field."""
        draft = self.draft
        if name == "received":
            self.type_received(text)
        elif name == "presenter" and text != draft.presenter:
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
        self.go_on(name)

    def look_at(self, visit_id: str) -> None:
        """Look at a visit of the list; the keyboard stays there, the intake waits as it is."""
        self.visit = visit_id

    @property
    def would_lose(self) -> bool:
        """Say whether beginning with another car throws away what somebody typed."""
        return self._at is not Page.DONE and (self.draft.is_touched or bool(self.draft.telephone))

    def begin_anew(self) -> None:
        """Leave this car and begin with the next: nothing is opened."""
        if self.station.session is not None and not self.is_asking(OPEN) and self.may_go_on:
            self.begin()

    def search(self, words: str) -> None:
        """Look for visits of today."""
        self.searched = words

    def back(self) -> None:
        """Go one screen back; nothing that was typed is lost."""
        if self.page is Page.PAY:
            if self.may_go_on:
                self.pay_later()
            return
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
        elif self._at is Page.LOOK_UP and not self.would_lose:
            self.begin()

    def find(self) -> None:
        self.draft.type_plate(self.draft.plate or self.prefix())
        self.look_up()

    def show_here(self) -> None:
        here = self.here()
        if here is not None:
            self.show_visit(here.visit_id)

    def verified(self) -> None:
        """Somebody has compared everything: what is missing still is asked, else the car is done."""
        checked = self.checked()
        for name in checked.doubts:
            self.draft.confirm(name)
        for page, wanted in FORM_PAGES.items():
            if checked.blocking_on(wanted):
                self.go(page)
                return
        self._leave_car()

    def go_on(self, field: str) -> None:
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

    def insist_on_person(self) -> None:
        """Lead to what is missing of who brings the car."""
        wanted = "telephone" if self.draft.presenter.strip() else "presenter"
        self.insisted.add(wanted)
        self.lead(wanted)

    def agree(self) -> None:
        if not self.draft.presenter.strip() or telephone_fault(self.draft.telephone):
            self.insist_on_person()
            return
        self.draft.consented_at = self.now
        self._to_plan()

    def decline(self) -> None:
        """Nobody's name is kept: the visit has no presenter."""
        self.draft.presenter, self.draft.telephone, self.draft.consented_at = "", "", None
        self.draft.presenter_is_typed = True
        self._to_plan()

    def _to_plan(self) -> None:
        if self.draft.preview is None and not self.is_asking(PREVIEW):
            self.ask_preview()
        self.go(Page.PLAN)

    def mend(self) -> None:
        """Go to the field that keeps the visit from being opened."""
        preview = self.draft.preview
        for problem in preview.problems if preview is not None else ():
            self._not_opened(problem)
            self.problem = problem
            return
        self.back()
