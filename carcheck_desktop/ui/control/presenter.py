"""What the control window shows and does, in plain Python: tested without Qt.

It holds what a person chose (lane, waiting visit, item) and turns the station's views into one
`ControlState`; commands go out through the station and come back as a toast.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Session
from carcheck_desktop.domain.facts import ItemStarted
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.bridge.words import clock_text
from carcheck_desktop.ui.control import actions as act
from carcheck_desktop.ui.control import happenings as past
from carcheck_desktop.ui.control.lanes import lane_row, lane_state, open_attempt, waiting_rows, waiting_visits
from carcheck_desktop.ui.control.state import ControlState, HeaderState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.curve_samples import Samples
from carcheck_desktop.ui.widgets.states import ActionState, BannerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.views import AttemptView, ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.bridge.words import Words

    Answered = Callable[["BannerState | None"], None]

AWAY_AFTER_S = 3.0
"""So long a silence is said; shorter ones are a reconnect."""
CURVES_KEPT = 24


class ControlPresenter:
    """Choices and commands of one control window."""

    def __init__(self, station: Station, words: Words) -> None:
        self.station = station
        self.words = words
        self.log = past.Log()
        self.curves: dict[str, Samples] = {}
        self.toast: BannerState | None = None
        self._lane = ""
        self._visit = ""
        self._item = ""
        self._sending: str | None = None

    # -- what came ---------------------------------------------------------------------------

    def take(self, heard: Heard) -> None:
        """Take in what a drain of the station brought."""
        if heard.snapshots:
            self.log.add(past.of_visits(self.station.visits.values()))
        for entry in heard.entries:
            happening = past.of_entry(entry, self.station.visits)
            if happening is not None:
                self.log.add([happening])
            if entry.kind == ItemStarted.kind:
                # a new step is what everybody looks at
                self._item = ""
        for sample in heard.samples:
            self._sample(sample)
        session, now = self.station.session, self.station.time.now()
        if session is not None and now is not None and now > session.expires_at:
            self.station.sign_out()
            self.toast = BannerState(Tone.CAUTION, "clock", self.words("ui.toast.shift_over"))

    def _sample(self, sample: LiveSamples) -> None:
        if sample.curve is None:
            return
        curve = self.curves.setdefault(sample.curve.run_id, Samples())
        curve.add(sample.curve)
        while len(self.curves) > CURVES_KEPT:
            del self.curves[next(iter(self.curves))]

    # -- what is chosen ----------------------------------------------------------------------

    @property
    def lane(self) -> str:
        """The chosen lane; the first one until somebody chooses."""
        names = self.station.lane_names
        return self._lane if self._lane in names else names[0] if names else ""

    @property
    def view(self) -> LaneView | None:
        """The chosen lane's view."""
        return self.station.lanes.get(self.lane)

    @property
    def attempt(self) -> AttemptView | None:
        """The attempt on the lane, or the last one while the lane is free."""
        return self.view.attempt if self.view is not None else None

    @property
    def visit(self) -> VisitView | None:
        """The chosen waiting visit; the one that has waited longest until somebody chooses."""
        waiting = waiting_visits(self.station.visits.values())
        return next((visit for visit in waiting if visit.visit_id == self._visit), waiting[0] if waiting else None)

    @property
    def item(self) -> ItemView | None:
        """The chosen item; the running one, else the last one that ended."""
        attempt = self.attempt
        if attempt is None:
            return None
        by_code = {item.item: item for item in attempt.items}
        if self._item in by_code:
            return by_code[self._item]
        running = next((item for item in attempt.items if item.state is ItemState.RUNNING), None)
        ended = [item for item in attempt.items if item.finished_at is not None]
        newest = max(ended, key=lambda item: (item.finished_at is not None, item.finished_at), default=None)
        return running or newest

    def choose_lane(self, lane: str) -> None:
        """Show another lane large."""
        self._lane, self._item = lane, ""

    def choose_next_lane(self, step: int) -> None:
        """Show the lane before or after."""
        names = self.station.lane_names
        if names:
            self.choose_lane(names[(names.index(self.lane) + step) % len(names)])

    def choose_visit(self, visit_id: str) -> None:
        """Choose the waiting visit that starts next."""
        self._visit = visit_id

    def choose_item(self, item: str) -> None:
        """Show an item's result, and repeat it if asked."""
        self._item = item

    # -- commands ----------------------------------------------------------------------------

    def situation(self) -> act.Situation:
        """Return what the buttons depend on."""
        station = self.station
        lane_up = station.lane_is_up(self.lane)
        return act.Situation(
            station.session, station.service.up, self.lane, lane_up, self.view, self.visit, self.item,
            is_sending=self._sending is not None,
        )  # fmt: skip

    def command_for(self, key: str, reason: str = "") -> Command | None:
        """Return the command that an action stands for now, None when it is not possible."""
        if key != act.STOP and act.why_not(key, self.situation()) is not None:
            return None
        lane, visit, item = self.lane, self.visit, self.item
        attempt = open_attempt(self.view)
        if key == act.STOP and lane:
            return c.StopLane(lane)
        if key == act.RELEASE:
            return c.ReleaseStop(lane)
        if key == act.START and visit is not None:
            return c.StartAttempt(lane, visit.visit_id)
        if attempt is None:
            return None
        if key == act.RESUME:
            return c.ResumeAttempt(lane, attempt.attempt_id)
        if key == act.REPEAT and item is not None:
            return c.RepeatItem(lane, attempt.attempt_id, item.item)
        return c.AbortAttempt(lane, attempt.attempt_id, reason) if key == act.ABORT else None

    def do(self, key: str, reason: str = "") -> bool:
        """Send the command of an action; say whether one was sent."""
        command = self.command_for(key, reason)
        if command is None:
            return False
        if key != act.STOP:
            self._sending = key
        self.toast = None
        self.station.send(command, lambda reply: self._answered(key, reply))
        return True

    def _answered(self, key: str, reply: Reply | Exception) -> None:
        if self._sending == key:
            self._sending = None
        self.toast = self.refusal(reply)

    def refusal(self, reply: Reply | Exception) -> BannerState | None:
        """Return why a command was not carried out, None when it was."""
        if isinstance(reply, CarcheckError):
            problem = reply.problem
        elif isinstance(reply, Exception):
            return BannerState(
                Tone.BAD, "cloud-off", self.words("ui.toast.no_answer"), self.words("ui.toast.no_answer_next")
            )
        elif reply.accepted or reply.refusal is None:
            return None
        else:
            problem = reply.refusal
        cause, evidence, next_step = self.words.catalogue.lines(problem)
        return BannerState(Tone.CAUTION, "ban", cause, f"{evidence} {next_step}")

    def send_form(self, command: Command, answered: Answered) -> None:
        """Send a dialog's command to the service; `answered` gets the refusal, or None."""
        self.station.send(command, lambda reply: answered(self._form_answer(command, reply)))

    def _form_answer(self, command: Command, reply: Reply | Exception) -> BannerState | None:
        refused = self.refusal(reply)
        if refused is not None or isinstance(reply, Exception):
            return refused
        if isinstance(command, c.SignIn):
            session = from_plain(reply.result["session"], Session)
            self.station.sign_in(session, str(reply.result["token"]))
            self.toast = None
        elif isinstance(command, c.OpenVisit):
            self._visit = str(reply.result["visit_id"])
            self.toast = BannerState(Tone.GOOD, "check", self.words("ui.toast.opened", plate=command.vehicle.plate))
        return None

    def sign_out(self) -> None:
        """End the session here at once, and at the service."""
        if self.station.session is not None:
            self.station.send(c.SignOut(), lambda reply: None)
        self.station.sign_out()

    # -- what is shown -----------------------------------------------------------------------

    def state(self) -> ControlState:
        """Return the whole window."""
        words, station = self.words, self.station
        now = station.time.now()
        waiting = waiting_visits(station.visits.values())
        lanes = tuple(
            lane_row(name, station.lanes.get(name), words, is_up=station.lane_is_up(name))
            for name in station.lane_names
        )
        view, visit, item = self.view, self.visit, self.item
        detail = lane_state(self.lane, view, self.attempt, visit, item, words) if view is not None else None
        happened = past.rows(self.log, words, now)
        unseen = sum(row.is_new for row in happened)
        title = words("ui.happened.title_new", count=unseen) if unseen else words("ui.happened.title")
        return ControlState(
            header=self._header(),
            banner=self._banner(),
            lanes=lanes,
            lane=self.lane,
            waiting=waiting_rows(waiting, words, now),
            visit=visit.visit_id if visit else "",
            waiting_title=words("ui.waiting.title", count=len(waiting)),
            detail=detail,
            no_lane=self._no_lane(),
            actions=act.actions_state(self.situation(), words),
            happenings=happened,
            happenings_title=title,
            toast=self.toast,
        )

    def _header(self) -> HeaderState:
        station, words = self.station, self.words
        handshake, session = station.service.handshake, station.session
        is_up = station.service.up
        if session is None:
            sign = ActionState(
                "sign_in", words("ui.header.sign_in"), "log-in", is_up, "" if is_up else words("ui.why.service_away")
            )
        else:
            sign = ActionState("sign_out", words("ui.header.sign_out"), "log-out", True)
        person = f"{session.actor} · {words.name(session.role)}" if session else words("ui.header.nobody")
        link = "ui.link.up" if is_up else "ui.link.away" if handshake else "ui.link.connecting"
        return HeaderState(
            station=handshake.station_name if handshake else words("ui.app.name"),
            training=bool(handshake and handshake.training),
            link_tone=Tone.GOOD if is_up else Tone.CAUTION,
            link_icon="check" if is_up else "cloud-off",
            link_text=words(link),
            clock=clock_text(station.time.now()),
            person=person,
            sign=sign,
        )

    def _banner(self) -> BannerState | None:
        station, words = self.station, self.words
        if station.service.up or station.down_for_s < AWAY_AFTER_S:
            return None
        if station.service.handshake is None:
            detail = (
                words.cause(station.service.problem) if station.service.problem else words("ui.banner.waiting_detail")
            )
            return BannerState(Tone.CAUTION, "cloud-off", words("ui.banner.not_reached"), detail)
        minutes = words.minutes(timedelta(seconds=station.down_for_s))
        return BannerState(
            Tone.CAUTION, "cloud-off", words("ui.banner.away", duration=minutes), words("ui.banner.away_detail")
        )

    def _no_lane(self) -> tuple[str, str, str]:
        words, station = self.words, self.station
        if station.service.handshake is None:
            return words("ui.no_lane.connecting"), words("ui.no_lane.connecting_detail"), "loader-circle"
        if not station.lane_names:
            return words("ui.no_lane.none"), words("ui.no_lane.none_detail"), "inbox"
        problem = station.lane_problem(self.lane)
        detail = words.cause(problem) if problem is not None else words("ui.no_lane.away_detail")
        return words("ui.no_lane.away", lane=self.lane), detail, "cloud-off"
