"""One lane alone on the screen: the prompt for the other side of the room, curve, verdicts, the car's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from carcheck_desktop.ui.control.parts.asked import Asked
from carcheck_desktop.ui.control.parts.exhaust_card import ExhaustCard
from carcheck_desktop.ui.control.parts.panels import ResultCard, section
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath
from carcheck_desktop.ui.widgets.data.tile_column import TileColumn

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QBoxLayout

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.state import LaneState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Samples


LOW_PX = 800
"""Windows lower than this have no room for the car's data beside its verdicts."""


def _scrolled(parts: QBoxLayout) -> QScrollArea:
    """Return parts below each other that scroll where a small screen has no room for all."""
    inner = panel("clear", "alone_beside")
    inner.setLayout(parts)
    area = QScrollArea()
    area.setObjectName("alone_side")
    area.setWidgetResizable(True)
    area.setFrameShape(qt.NO_FRAME)
    area.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
    area.setFocusPolicy(qt.NO_FOCUS)
    area.setWidget(inner)
    return area


class Alone(QFrame):
    """The chosen lane and nothing else."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("lane_alone")
        self.setProperty("kind", "clear")
        self._name = Label("", "headline")
        self._chip = Chip("alone_state")
        self._plate = Plate("alone_plate", 52)
        self._path = StagePath("alone_path", words, level="strong")
        self._prompt = Asked("alone_prompt", ("wall_clock", "wall_title", "prompt", "headline"), 56)
        self.curve = CurveCard(words, "alone_curve")
        self.exhaust = ExhaustCard(words, "alone_exhaust")
        self.exhaust.hide()
        self.result = ResultCard("alone", tall=True)
        self._car = Pairs("alone_car_pairs", 2, wraps=True)
        self._car_title = Label("", "section", elided=True)
        self._car_card = section("alone_car", self._car_title, self._car)
        self._tiles = TileColumn("alone_devices", words("ui.devices.title"))
        self._tiles_card = section("alone_devices_card", Label(words("ui.devices.title"), "section"), self._tiles)
        self._lay_out()

    def _lay_out(self) -> None:
        head_card = panel("card", "alone_head")
        head = row(self._name, self._chip, self._plate, spacing=SPACE_M, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        head.addWidget(self._path, 1)
        head_card.setLayout(head)
        head_card.setSizePolicy(QSizePolicy.Policy.Expanding, qt.FIXED)
        beside = column(self._tiles_card, self.result, self._car_card, spacing=SPACE_M)
        beside.addStretch(1)
        below = row(spacing=SPACE_M)
        below.addWidget(self.curve, 3)
        below.addWidget(self.exhaust, 3)
        self._side = _scrolled(beside)
        below.addWidget(self._side, 2)
        whole = column(head_card, self._prompt, spacing=SPACE_S + 2)
        whole.addLayout(below, 1)
        self.setLayout(whole)

    def show_lane(self, state: LaneState, samples: Samples | None) -> None:
        """Show another state."""
        self._name.show_text(state.name)
        self._chip.show_chip(*state.stand)
        self._plate.show_plate(state.car.plate)
        self._path.show_path(state.path)
        self._path.setVisible(bool(state.path.stages))
        self._prompt.show_prompt(state.prompt)
        is_low = self.window().height() < LOW_PX
        self.result.set_low(is_low)
        self.result.show_result(state.result)
        self._car_title.show_text(state.car.headline)
        self._car.show_pairs(state.car.pairs)
        lost = tuple(tile for tile in state.tiles if tile.cause)
        result = state.result
        is_taken = is_low and bool(result.cards or result.facts or result.void or lost)
        self._car_card.setVisible(bool(state.car.pairs) and not is_taken)
        self._tiles.show_tiles(lost)
        self._tiles_card.setVisible(bool(lost))
        if state.exhaust is None:
            self.curve.show_curve(state.curve, samples)
        self._fit_side()

    def _fit_side(self) -> None:
        """Give wrapped words beside the curve the height they need; what has no room scrolls."""
        inner = self._side.widget()
        layout = inner.layout() if inner is not None else None
        width = self._side.viewport().width()
        if inner is not None and layout is not None and layout.hasHeightForWidth() and width > 1:
            inner.setMinimumHeight(layout.totalHeightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()
