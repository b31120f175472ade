"""What a window wears reaches every part of it: colours, sizes, stillness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.density import DENSITIES, DESK, TOUCH, WALL_DENSITY, Density
from carcheck_desktop.ui.theme.look import PLAIN, Look, look_of, wear
from carcheck_desktop.ui.theme.tokens import (
    CONTRAST,
    LIGHT,
    LIVELY,
    PALETTES,
    STILL,
    TYPE,
    WALL,
    Palette,
    Tone,
    arc_minutes,
    wall_scale,
)
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.basics.states import PlateState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("打印"),
    "line": QLineEdit,
    "choice": QComboBox,
    "check": lambda: QCheckBox("已核对"),
}


@pytest.fixture
def window(app: QApplication) -> QWidget:
    made = QWidget()
    made.setProperty("kind", "canvas")
    made.setLayout(QVBoxLayout())
    return made


def put(window: QWidget, *parts: QWidget) -> None:
    box = window.layout()
    assert box is not None
    for part in parts:
        box.addWidget(part)


def has_colour(picture: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        picture.pixel(x, y) == wanted for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    )


def test_a_part_asks_the_window_it_stands_in(window: QWidget) -> None:
    inner, part = QFrame(), QFrame()
    part.setParent(inner)
    assert look_of(part) == PLAIN
    put(window, inner)
    wear(window, Look(WALL, TOUCH, 1.5))
    assert look_of(part) == Look(WALL, TOUCH, 1.5)


def test_an_icon_follows_palette_and_scale(window: QWidget) -> None:
    icon = Icon(32)
    icon.show_icon("octagon-x", Tone.BAD)
    put(window, icon)
    for look in (Look(LIGHT), Look(WALL, scale=2.0), Look(CONTRAST, scale=0.5)):
        wear(window, look)
        assert icon.width() == look.px(32)
        assert has_colour(icon.pixmap().toImage(), look.palette.tones[Tone.BAD].ink)


def test_a_plate_grows_with_the_look_and_keeps_its_colours(window: QWidget) -> None:
    plate = Plate("plate", 40)
    plate.show_plate(PlateState("粤B12345", "02"))
    put(window, plate)
    for look in (Look(), Look(WALL, scale=2.0)):
        wear(window, look)
        assert plate.height() == look.px(40)
        assert has_colour(plate.grab().toImage(), "#1a4fa3")


def test_a_cut_text_is_cut_anew_when_letters_grow(window: QWidget) -> None:
    label = Label("一二三四五六七八九十", elided=True)
    label.setFixedWidth(180)
    put(window, label)
    wear(window, Look())
    window.show()
    assert label.text() == "一二三四五六七八九十"
    wear(window, Look(scale=2.0))
    QApplication.processEvents()
    assert label.text().endswith("…")
    wear(window, Look())
    QApplication.processEvents()
    assert label.text() == "一二三四五六七八九十"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("density", DENSITIES, ids=lambda density: str(density.name))
def test_controls_are_as_high_as_their_density_says(window: QWidget, palette: Palette, density: Density) -> None:
    made = {name: make() for name, make in CONTROLS.items()}
    primary = QPushButton("下一步")
    primary.setProperty("role", "primary")
    put(window, *made.values(), primary)
    wear(window, Look(palette, density))
    window.show()
    assert {name: part.sizeHint().height() for name, part in made.items()} == dict.fromkeys(made, density.control_px)
    assert primary.sizeHint().height() == density.big_px


def test_everything_that_is_touched_is_44_pixels_and_more() -> None:
    for density in (TOUCH, WALL_DENSITY):
        assert min(density.control_px, density.big_px, density.row_px) >= 44
    assert DESK.control_px < TOUCH.control_px


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_nothing_jumps_when_the_focus_or_a_fault_comes(window: QWidget, palette: Palette) -> None:
    line, button = QLineEdit("粤B12345"), QPushButton("下一步")
    button.setProperty("role", "primary")
    put(window, line, button)
    wear(window, Look(palette))
    window.show()
    window.activateWindow()
    sizes = set()
    for part in (line, button):
        part.setFocus()
        QApplication.processEvents()
        assert part.hasFocus()
        sizes.add((line.sizeHint().height(), button.sizeHint().height()))
    for tone in (Tone.BAD, Tone.CAUTION, Tone.NEUTRAL):
        restyle(line, tone=tone.value)
        sizes.add((line.sizeHint().height(), button.sizeHint().height()))
    assert len(sizes) == 1


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_focus_is_seen_on_the_screen(window: QWidget, palette: Palette) -> None:
    line, button = QLineEdit(), QPushButton("下一步")
    button.setProperty("role", "primary")
    put(window, line, button)
    wear(window, Look(palette))
    window.show()
    window.activateWindow()
    for part, ring in ((line, palette.focus), (button, palette.focus_on_accent)):
        part.setFocus()
        QApplication.processEvents()
        picture = part.grab().toImage()
        middle = picture.height() // 2
        seen = [QColor(picture.pixel(x, middle)).name() for x in range(palette.focus_px)]
        assert seen == [ring] * palette.focus_px


def test_high_contrast_has_thick_rings_and_borders() -> None:
    assert CONTRAST.focus_px >= 3
    assert CONTRAST.border_px > LIGHT.border_px


def test_who_is_disturbed_by_movement_gets_none() -> None:
    assert STILL.is_still
    assert not LIVELY.is_still
    assert not replace(Look(), motion=STILL).motion.calm_ms


def test_the_wall_keeps_its_sizes_as_parts_of_the_screen() -> None:
    assert wall_scale(1920, 1080) == 1
    assert wall_scale(3840, 2160) == 2
    assert wall_scale(1080, 1920) == 1, "a standing screen is a lying one turned"
    assert wall_scale(1366, 768) == pytest.approx(0.711, abs=0.001)


def test_a_cars_row_is_read_from_eight_metres() -> None:
    """55 inches are 685 mm high; 48 of 1080 pixels are 30.4 mm, 13 minutes of arc at 8 m."""
    assert arc_minutes(TYPE.wall_strong, 1080, 55, 8) == pytest.approx(13.08, abs=0.05)
    assert arc_minutes(2 * TYPE.wall_strong, 2160, 55, 8) == pytest.approx(13.08, abs=0.05)
