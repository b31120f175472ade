"""What the pickup window shows and does, in plain Python: tested without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.custody import OWNER, Holder, Thing, holder_of, out
from carcheck_desktop.domain.holds import Gate, stopping
from carcheck_desktop.domain.papers import papers_on_their_way
from carcheck_desktop.ui.frame.asking import SIGN_IN
from carcheck_desktop.ui.frame.telling import banner_of, head_state, of_link
from carcheck_desktop.ui.pickup.looking import SEARCH, Looking
from carcheck_desktop.ui.pickup.state import Page, PickupState
from carcheck_desktop.ui.pickup.telling import actions as act
from carcheck_desktop.ui.pickup.telling.visit import visit_state
from carcheck_desktop.ui.pickup.telling.visits import empty, pickup_call, side_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState, ToastState, by_severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.due import DuePaper
    from carcheck_desktop.domain.views import VisitView

PRINTING, CALLING, HANDING, CLOSING, ANSWERING, REPRINTING = "print", "call", "hand", "close", "answer", "reprint"
BUSY = (SIGN_IN, PRINTING, CALLING, HANDING, CLOSING, ANSWERING, REPRINTING)


class PickupPresenter(Looking):
    """State and keys of one pickup window."""

    def print_all(self) -> None:
        """Have every paper printed that is wanted, one command each."""
        visit, wanted = self.current(), self.situation().wanted
        if visit is not None and wanted:
            self._print(visit.visit_id, wanted)

    def _print(self, visit_id: str, wanted: tuple[DuePaper, ...]) -> None:
        first, *others = wanted
        rest = tuple(others)

        def queued(_reply: c.Reply) -> None:
            if rest:
                self._print(visit_id, rest)

        self.send(PRINTING, c.RequestPrint(visit_id, first.kind), queued)

    def answer(self, *, came_out: bool) -> None:
        """Say what lies in the tray."""
        visit, paper = self.current(), self.doubt()
        if visit is not None and paper is not None:
            self.send(ANSWERING, c.AnswerPaper(visit.visit_id, paper.paper_id, came_out), lambda _reply: None)

    def reprint(self, visit_id: str, paper_id: str, reason: str) -> None:
        """Void a paper with a reason and print it again."""
        self.send(REPRINTING, c.Reprint(visit_id, paper_id, reason), lambda _reply: None)

    # -- owner, key, end -----------------------------------------------------------------------

    def call(self) -> None:
        """Call the owner to pickup, or once more."""
        visit = self.current()
        if visit is None:
            return
        said = self.words("ui.pickup.said.called", plate=visit.vehicle.plate)
        self.send(
            CALLING, c.CallOwner(visit.visit_id, CallTo.PICKUP), lambda _reply: self._say("called", "megaphone", said)
        )

    def hand_back(self) -> None:
        """Give key and licence back to the owner, from whoever holds each; the call has been answered then."""
        visit = self.current()
        if visit is None:
            return
        groups: dict[Holder, list[Thing]] = {}
        for thing in out(visit.custody):
            groups.setdefault(holder_of(visit.custody, thing), []).append(thing)
        self._hand(visit, [(holder, tuple(things)) for holder, things in groups.items()])

    def _hand(self, visit: VisitView, groups: list[tuple[Holder, tuple[Thing, ...]]]) -> None:
        if not groups:
            return
        (holder, things), rest = groups[0], groups[1:]

        def handed(_reply: c.Reply) -> None:
            call = pickup_call(visit)
            if rest:
                self._hand(visit, rest)
            elif call is not None:
                self.send(CALLING, c.EndCall(visit.visit_id, call.call_id, CallEnd.ANSWERED), lambda _reply: None)

        self.send(HANDING, c.HandOver(visit.visit_id, things, holder, OWNER), handed)

    def close(self) -> None:
        """End the visit; the next one is the next thing to do."""
        visit = self.current()
        if visit is None:
            return
        said = self.words("ui.pickup.said.closed", plate=visit.vehicle.plate)

        def closed(_reply: c.Reply) -> None:
            self._say("closed", "circle-check", said)
            self.chosen, self.searched, self.paper = "", "", ""
            self.lead(SEARCH)

        self.send(CLOSING, c.CloseVisit(visit.visit_id), closed)

    def _say(self, key: str, icon: str, text: str) -> None:
        self.sayings.say(ToastState(key, Tone.GOOD, icon, text))

    def refused(self, key: str, problem: Problem) -> None:
        """The keyboard stays where the next action is."""
        self.lead("primary_button")

    # -- keys ----------------------------------------------------------------------------------

    def do(self, key: str) -> None:
        """Do what a button or key of the bar stands for; signing in and asking for reasons is the window's."""
        doing: dict[str, Callable[[], None]] = {
            act.FIND: self.find,
            act.PRINT: self.print_all,
            act.CALL: self.call,
            act.HAND: self.hand_back,
            act.CLOSE: self.close,
            act.CAME: lambda: self.answer(came_out=True),
            act.NOT_CAME: lambda: self.answer(came_out=False),
        }
        if key in doing:
            self.problem = None
            doing[key]()

    def why_not(self, key: str) -> None:
        """Say why an action is not possible."""
        shown = act.next_action(self.situation())
        reason = act.why_not(key, self.situation(), self.words)
        if shown == act.CAME and key == act.HELD:
            reason = self.words("ui.pickup.why.answer_first")
        self.sayings.why_not(reason)

    # -- what is shown -------------------------------------------------------------------------

    def situation(self) -> act.Situation:
        """Return what the actions depend on."""
        visit = self.current()
        return act.Situation(
            session=self.station.session,
            service_up=self.station.service.up,
            asking=frozenset(key for key in BUSY if self.is_asking(key)),
            has_visit=visit is not None and visit.ended_at is None,
            due=self.due(),
            on_their_way=papers_on_their_way(visit) if visit is not None else (),
            doubt=self.doubt(),
            chosen=self.chosen_paper(),
            call=pickup_call(visit) if visit is not None else None,
            out=out(visit.custody) if visit is not None else (),
            closing=stopping(visit, self.now, Gate.CLOSE) if visit is not None else (),
        )

    def state(self) -> PickupState:
        """Return everything the window paints."""
        words, station = self.words, self.station
        banners = [*of_link(station, words, words("ui.frame.away_detail"))]
        if self.problem is not None:
            banners.append(banner_of(self.problem, words))
        nothing = PlaceState(PlaceKind.EMPTY, words("ui.pickup.nothing"), words("ui.pickup.nothing_detail"), "search")
        return PickupState(
            head=head_state(station, words),
            page=Page.DESK if station.session is not None else Page.SIGN_IN,
            banners=by_severity(banners),
            side=side_state(self),
            visit=visit_state(self),
            nothing=nothing if self.listed() else empty(self),
            actions=act.bar_state(self.situation(), words),
            toasts=self.sayings.said,
            focus=self.focus,
        )
