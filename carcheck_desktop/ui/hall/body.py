"""All parts of a screen on their canvases: laid out anew when its shape changes, else painted where it differs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.ui.hall.art import frame
from carcheck_desktop.ui.hall.art import panels as art
from carcheck_desktop.ui.hall.art.calls import band_height, band_pieces, panel_pieces
from carcheck_desktop.ui.hall.art.cars import page_boxes, row_pieces
from carcheck_desktop.ui.hall.art.fit import Box
from carcheck_desktop.ui.hall.art.plan import Plan, plan
from carcheck_desktop.ui.hall.art.prices import prices_height, prices_pieces
from carcheck_desktop.ui.hall.canvas import Canvas
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import PLAIN, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carcheck_desktop.ui.hall.art.pieces import Piece
    from carcheck_desktop.ui.hall.state import CarsState, HallRow, HallState, PricesState

    Size = tuple[float, float]
    Draw = Callable[[Size], tuple[Piece, ...]]

PANEL_PX = (520, 300)
"""The place for which a panel's sizes are designed; in a larger one everything grows."""
SMALL_PX = 170


class HallBody(QWidget):
    """Head, banner, cars, panels and foot of one screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hall_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.look: Look = PLAIN
        self.row_views: list[Canvas] = []
        self._plan: Plan | None = None
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._head, self._stale, self._calls, self._foot, self._empty = (
            Canvas(name, self) for name in ("hall_head", "stale_banner", "call_band", "hall_foot", "hall_empty")
        )
        self._panels: dict[BoardContent, Canvas] = {}

    def lay_out(self, state: HallState, look: Look) -> None:
        """Place every part for this size, look and choice of contents."""
        self.look = look
        self._drawn.clear()
        size = (float(self.width()), float(self.height()))
        is_stale = bool(state.stale)
        band = 0.0
        if state.calls is not None and BoardContent.CALLS not in state.contents:
            band = band_height(state.calls, look, is_tall=size[1] > size[0])
        self._plan = plan(state.contents, size, look, partial(self._wanted, state), stale=is_stale, calls=band)
        _place(self._calls, self._plan.calls)
        _place(self._head, self._plan.head)
        _place(self._foot, self._plan.foot)
        _place(self._stale, self._plan.stale if is_stale else None)
        for content in self._plan.panels:
            if content not in self._panels:
                self._panels[content] = Canvas(f"hall_{content.value}", self)
        for content, canvas in self._panels.items():
            _place(canvas, self._plan.panels.get(content))

    def fits(self, reasons: Sequence[str], is_dense: bool) -> int:
        """Return how many rows with these reasons fit on a page."""
        if self._plan is None or self._plan.cars is None:
            return len(reasons)
        place = self._plan.cars
        return len(page_boxes(reasons, (place.width, place.height), self.look, is_dense=is_dense))

    def show_state(self, state: HallState) -> None:
        """Paint what differs from what is shown."""
        if self._plan is None:
            return
        look, is_tall = self.look, self._plan.is_tall
        head, foot = state.head, state.foot
        said = _said(head.station, head.title, head.training, *head.counts, head.clock)
        self._draw(self._head, head, lambda size: frame.head_pieces(head, size, look, is_tall=is_tall), said)
        said = _said(foot.misplaced or foot.legend.spoken, foot.page)
        self._draw(self._foot, foot, lambda size: frame.foot_pieces(foot, size, look), said)
        if state.stale:
            words = (state.stale, state.stale_detail)
            self._draw(self._stale, words, lambda size: frame.stale_pieces(*words, size, look), _said(*words))
        calls = state.calls
        if calls is not None and self._plan.calls is not None:
            said = _said(*(row.spoken for row in calls.rows))
            self._draw(self._calls, calls, lambda size: band_pieces(calls, size, look, is_tall=is_tall), said)
        self._show_cars(state, self._plan.cars)
        for content, canvas in self._panels.items():
            if content in self._plan.panels:
                self._show_panel(content, canvas, state)

    def _wanted(self, state: HallState, content: BoardContent, width: float, is_tight: bool) -> float:
        """Return how high a panel wants to be."""
        look = self.look
        if content is BoardContent.LANES and state.lanes is not None:
            return art.lanes_height(state.lanes, width, look, is_slim=is_tight)
        if content is BoardContent.HOURS and state.hours is not None:
            return art.hours_height(state.hours, look, is_tight=is_tight)
        if content is BoardContent.ANNOUNCEMENTS and state.notices is not None:
            return art.notices_height(state.notices, width, look)
        if content is BoardContent.PRICES and state.prices is not None:
            return prices_height(state.prices, width, look)
        return float(look.px(SMALL_PX))

    def _draw(self, canvas: Canvas, state: object, draw: Draw, spoken: str) -> None:
        """Make a canvas's pieces anew when its state or its size is another one."""
        size = (canvas.width(), canvas.height())
        if self._drawn.get(canvas.objectName()) == (state, size):
            return
        self._drawn[canvas.objectName()] = (state, size)
        canvas.show_pieces(draw((float(size[0]), float(size[1]))), self.look.palette.canvas, spoken)

    def _show_cars(self, state: HallState, place: Box | None) -> None:
        cars, look = state.cars, self.look
        rows = cars.rows if place is not None else ()
        boxes = _boxes(cars, place, look)
        while len(self.row_views) < len(boxes):
            self.row_views.append(Canvas(f"hall_row_{len(self.row_views)}", self))
        for number, view in enumerate(self.row_views):
            if number >= len(boxes) or place is None:
                view.hide()
                continue
            row, box = rows[number], boxes[number]
            _place(view, Box(place.left + box.left, place.top + box.top, box.width, box.height))
            self._draw(view, (row, cars.is_dense), _row_drawer(row, look, cars.is_dense), row.spoken)
        _place(self._empty, place if cars.empty else None)
        if cars.empty:
            words = (cars.empty, cars.empty_detail)
            self._draw(
                self._empty, cars, lambda size: frame.empty_pieces(words, cars.empty_icon, size, look), _said(*words)
            )

    def _show_panel(self, content: BoardContent, canvas: Canvas, state: HallState) -> None:
        look = self._grown(canvas)
        if content is BoardContent.LANES and (lanes := state.lanes) is not None:
            said = _said(lanes.title, *(row.spoken for row in lanes.rows), lanes.queue, lanes.queue_rule, lanes.empty)
            self._draw(canvas, lanes, lambda size: art.lanes_pieces(lanes, size, look), said)
        elif content is BoardContent.ANNOUNCEMENTS and (notices := state.notices) is not None:
            said = _said(notices.title, *(notice.text for notice in notices.notices)) or notices.empty
            self._draw(canvas, notices, lambda size: art.notices_pieces(notices, size, look), said)
        elif content is BoardContent.HOURS and (hours := state.hours) is not None:
            days = (_said(day.day, day.hours, day.last_intake, day.note) for day in hours.days)
            said = _said(hours.title, hours.now, *days, hours.empty)
            self._draw(canvas, hours, lambda size: art.hours_pieces(hours, size, look), said)
        elif content is BoardContent.PRICES and (prices := state.prices) is not None:
            self._show_prices(canvas, prices, look)
        elif content is BoardContent.CALLS and (calls := state.calls) is not None:
            said = _said(calls.title, *(row.spoken for row in calls.rows))
            self._draw(canvas, calls, lambda size: panel_pieces(calls, size, look), said)
        for prepared, place in state.places:
            if prepared is content:
                said = _said(place.title, place.empty)
                self._draw(canvas, place, lambda size, place=place: art.place_pieces(place, size, look), said)  # type: ignore[misc]

    def _show_prices(self, canvas: Canvas, prices: PricesState, largest: Look) -> None:
        lines = (f"{row.name} {row.amount}" for row in prices.rows)

        def drawn(size: Size) -> tuple[Piece, ...]:
            return prices_pieces(prices, size, self.look, largest)

        self._draw(canvas, prices, drawn, _said(prices.title, prices.valid, *lines))

    def _grown(self, canvas: Canvas) -> Look:
        """Return a larger look for a panel with a screen for itself."""
        if self._plan is None or self._plan.cars is not None:
            return self.look
        wanted = (float(self.look.px(PANEL_PX[0])), float(self.look.px(PANEL_PX[1])))
        return art.grown(self.look, (canvas.width(), canvas.height()), wanted)


def _boxes(cars: CarsState, place: Box | None, look: Look) -> list[Box]:
    if place is None:
        return []
    reasons = [row.late for row in cars.rows]
    size = (place.width, place.height)
    return page_boxes(reasons, size, look, is_dense=cars.is_dense, has_more=cars.has_more)


def _row_drawer(row: HallRow, look: Look, is_dense: bool) -> Draw:
    return lambda size: row_pieces(row, size, look, is_dense=is_dense)


def _place(canvas: Canvas, box: Box | None) -> None:
    """Put a canvas at whole pixels; hide it without a place."""
    if box is None:
        canvas.hide()
        return
    left, top = round(box.left), round(box.top)
    canvas.setGeometry(left, top, round(box.right) - left, round(box.bottom) - top)
    canvas.show()


def _said(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
