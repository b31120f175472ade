"""The pickup window: turns keys and clicks into the presenter's calls and has its state painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.frame.window import DeskWindow
from carcheck_desktop.ui.pickup.body import PickupBody
from carcheck_desktop.ui.pickup.presenter import PickupPresenter
from carcheck_desktop.ui.pickup.telling import actions as act
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState

if TYPE_CHECKING:
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link


class PickupWindow(DeskWindow):
    """One owner after the other: ticket, papers, key, end; by keyboard."""

    def __init__(self, service: Link, catalogue: Catalogue) -> None:
        self.words = Words(catalogue)
        super().__init__("pickup_window", self.words("ui.pickup.name"), Station(service, None))
        self.presenter = PickupPresenter(self.station, self.words)
        self.body = PickupBody(self.words)
        self._connect()
        self.listen(
            {
                "F2": lambda: self.then(self.presenter.sign_out),
                "F3": self.search,
                "Ctrl+F": self.search,
                "Esc": self.dismiss,
            }
        )
        self.begin(self.presenter, self.body)

    def _connect(self) -> None:
        body, presenter = self.body, self.presenter
        body.buttons.chosen.connect(self.act)
        body.buttons.refused.connect(lambda key: self.then(lambda: presenter.why_not(key)))
        body.toasts.gone.connect(presenter.sayings.put_away)
        body.head.sign.clicked.connect(lambda: self.then(presenter.sign_out))
        body.side.chosen.connect(lambda visit: self.then(lambda: presenter.choose(visit)))
        body.side.searched.connect(lambda words: self.then(lambda: presenter.search(words)))
        body.visit.papers.rows.chosen.connect(lambda key: self.then(lambda: presenter.choose_paper(key)))

    def act(self, key: str) -> None:
        """Do what a button or key of the bar stands for."""
        if key == act.SIGN_IN:
            self._sign_in()
        elif key == act.REPRINT:
            self.reprint()
        else:
            self.then(lambda: self.presenter.do(key))

    def search(self) -> None:
        """Go to the search, with what stands there chosen, so that the next ticket takes its place."""
        self.body.side.box.setFocus()
        self.body.side.box.selectAll()

    def dismiss(self) -> None:
        """Esc: what was said is read, then the search begins anew."""
        is_clean = not self.presenter.sayings.said and self.presenter.problem is None
        self.then(self.presenter.leave)
        if is_clean:
            self.body.side.box.clear()

    def reprint(self) -> None:
        """Ask why a paper is printed again; the old one is void then, under the next number."""
        words, visit, paper = self.words, self.presenter.current(), self.presenter.chosen_paper()
        if visit is None or paper is None:
            return
        yes = ActionState("reprint", words("ui.pickup.reprint.yes"), "printer", enabled=True)
        asked = ConfirmState(
            words("ui.pickup.reprint.question", paper=words.name(paper.kind), number=paper.number),
            yes,
            words("ui.dialog.cancel"),
            words("ui.pickup.reprint.detail"),
            reason_label=words("ui.pickup.reprint.reason"),
            reason_hint=words("ui.pickup.reprint.hint"),
            reason_missing=words("ui.pickup.reprint.missing"),
        )
        sheet = Confirm(self, "reprint_paper", asked, self.body.buttons)
        given = (visit.visit_id, paper.paper_id)
        sheet.answered.connect(
            lambda is_yes, reason: self.then(lambda: self.presenter.reprint(*given, reason)) if is_yes else None
        )
        sheet.open()

    def _sign_in(self) -> None:
        page = self.body.sign_in
        name, pin = page.given()
        if not name:
            page.name.control.setFocus()
        elif not pin:
            page.pin.control.setFocus()
        else:
            page.clear_pin()
            self.then(lambda: self.presenter.sign_in(name, pin))
