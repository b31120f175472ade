"""A control presenter on a scripted station, as the tests without Qt use it."""

from __future__ import annotations

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.presenter import ControlPresenter
from carcheck_desktop.ui.control.state import LaneState
from tests.ui.scripted import Script, session


class Desk:
    """A presenter with its scripted station."""

    def __init__(
        self,
        words: Words,
        *,
        role: Role | None = Role.LANE_CONTROLLER,
        lanes: tuple[str, ...] = ("1", "2"),
        connect: bool = True,
    ) -> None:
        self.script = Script(lanes)
        self.now_s = 0.0
        self.station = Station(self.script.service, self.script.lane_link, lambda: self.now_s)
        self.presenter = ControlPresenter(self.station, words, lambda: self.now_s)
        if connect:
            self.connect()
            if role is not None:
                self.sign_in(role)

    def connect(self) -> None:
        self.script.service_up()
        self.drain()
        for lane in self.script.lane_names:
            self.script.lane_up(lane)
            self.script.attached(lane)
        self.drain()

    def sign_in(self, role: Role) -> None:
        self.presenter.send_form(c.SignIn("王建国", "1234"), lambda _refused: None)
        self.script.service.answer(session(role))
        self.drain()

    def drain(self) -> None:
        self.presenter.take(self.station.drain())

    @property
    def primary(self) -> str:
        return self.presenter.state().actions.next.key

    @property
    def detail(self) -> LaneState:
        detail = self.presenter.state().detail
        assert detail is not None
        return detail
