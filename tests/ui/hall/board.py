"""A board without a window: the presenter over scripted links, at a time that the test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.presenter import HallOptions, HallPresenter
from carcheck_desktop.ui.hall.state import HallRow, HallState
from tests.ui.scripted import Script

PAGE_S = 12
Fits = Callable[[Sequence[str], bool], int]


def of(count: int, dense: int = 0) -> Fits:
    """A page for so many cars."""
    return lambda reasons, is_dense: min(len(reasons), dense if is_dense and dense else count)


class Hall:
    def __init__(self, *languages: str, screen: str = "", contents: tuple[BoardContent, ...] = ()) -> None:
        self.script = Script()
        self.now_s = 0.0
        self.station = Station(self.script.service, self.script.lane_link, lambda: self.now_s)
        words = [Words(Catalogue(language)) for language in languages or ("zh_CN",)]
        self.presenter = HallPresenter(self.station, words, lambda: self.now_s, HallOptions(screen, contents))
        self.script.service_up()
        self.drain()
        for lane in self.script.lane_names:
            self.script.lane_up(lane)
        self.drain()

    def drain(self) -> None:
        self.station.drain()
        self.presenter.heard()

    def state(self, count: int = 10) -> HallState:
        self.drain()
        return self.presenter.state(of(count))

    def rows(self, count: int = 10) -> dict[str, HallRow]:
        return {row.visit_id: row for row in self.state(count).rows}

    def queue(self, count: int) -> None:
        for number in range(count):
            self.script.opened(f"v{number:03}", f"粤B{number:03}X1")

    def turn(self) -> None:
        self.now_s += PAGE_S + 0.1
