"""Every screen of the hall as people see it: nothing cut, nothing over another, readable from 8 m, in every shape."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import PSEUDO
from carcheck_desktop.ui.hall.art import fit, plates
from carcheck_desktop.ui.hall.art.cars import late_height
from carcheck_desktop.ui.hall.art.fit import metrics
from carcheck_desktop.ui.hall.art.pieces import Ground, PlateArt, Sign, Text
from carcheck_desktop.ui.hall.art.plates import SIGN_HEIGHT, plate_picture
from carcheck_desktop.ui.hall.canvas import Canvas
from carcheck_desktop.ui.hall.window import HallWindow
from carcheck_desktop.ui.theme import fonts
from carcheck_desktop.ui.theme.tokens import arc_minutes, contrast
from carcheck_desktop.ui.widgets.basics.states import PlateState
from tests.ui import hall_scenes, scenes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SIZES = ((1920, 1080), (3840, 2160), (1080, 1920), (2160, 3840), (1366, 768))
LANGUAGES = ("zh_CN", "en", PSEUDO)
LEAST_MINUTES = {
    "plate": 12.0,
    "stage": 7.4,
    "finish": 8.5,
    "where": 7.0,
    "reason": 7.0,
    "waited": 7.0,
    "clock": 12.0,
    "notice": 8.0,
}
"""Height of the letters as painted, in arc minutes at 8 m on a 55-inch screen."""


def opened(name: str, language: str, size: tuple[int, int]) -> HallWindow:
    window = hall_scenes.HALL[name](language)
    assert isinstance(window, HallWindow)
    window.resize(*size)
    window.show()
    scenes.settle(window)
    return window


def canvases(window: HallWindow) -> list[Canvas]:
    return [canvas for canvas in window.findChildren(Canvas) if canvas.isVisible()]


def texts(canvas: Canvas) -> list[Text]:
    return [piece for piece in canvas.pieces if isinstance(piece, Text)]


def faults(canvas: Canvas) -> list[str]:
    found = [f"cut {text.role} {text.fitted.lines}" for text in texts(canvas) if text.fitted.is_cut]
    found += [
        f"low {text.role} {text.fitted.lines}" for text in texts(canvas) if inked(text).bottom() > canvas.height()
    ]
    for text in texts(canvas):
        measures = metrics(text.fitted.size_px, text.bold)
        wide = max(measures.horizontalAdvance(line) for line in text.fitted.lines)
        if wide > text.box.width + 2:
            found.append(f"wide {text.role} {text.fitted.lines} {wide:.0f} > {text.box.width:.0f}")
        if contrast(text.colour, text.ground) < 7:
            found.append(f"weak {text.role} {text.colour} on {text.ground}")
        place = inked(text).toRect()
        if not QRect(0, 0, canvas.width(), canvas.height()).contains(place):
            found.append(f"outside {text.role} {text.fitted.lines} {place}")
    return found + overlaps(canvas)


def inked(text: Text) -> QRectF:
    """Where a text's letters stand."""
    measures = metrics(text.fitted.size_px, text.bold)
    wide = max(measures.horizontalAdvance(line) for line in text.fitted.lines)
    high = (len(text.fitted.lines) - 1) * text.fitted.size_px * 1.28 + text.fitted.size_px * 0.9
    shift = {"left": 0.0, "right": text.box.width - wide, "centre": (text.box.width - wide) / 2}[text.side]
    return QRectF(text.box.left + shift, text.box.top + (text.box.height - high) / 2, wide, high)


def overlaps(canvas: Canvas) -> list[str]:
    placed = [(f"{piece.role} {piece.fitted.lines}", inked(piece)) for piece in texts(canvas)]
    placed += [
        (type(piece).__name__, piece.box.rect()) for piece in canvas.pieces if not isinstance(piece, (Ground, Text))
    ]
    return [
        f"{one} over {other}"
        for (one, a), (other, b) in combinations(placed, 2)
        if a.intersected(b).width() > 2 and a.intersected(b).height() > 3
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", hall_scenes.HALL)
def test_nothing_is_cut_weak_or_over_another(app: QApplication, name: str, language: str) -> None:
    window = opened(name, language, SIZES[0])
    for size in SIZES:
        window.resize(*size)
        scenes.settle(window)
        found = {canvas.objectName(): faults(canvas) for canvas in canvases(window)}
        assert not {key: each for key, each in found.items() if each}, size
        for one, other in combinations(canvases(window), 2):
            assert not one.geometry().intersects(other.geometry()), (size, one.objectName(), other.objectName())
            assert window.body.rect().contains(one.geometry()), (size, one.objectName())


@pytest.mark.parametrize("name", hall_scenes.HALL)
def test_everything_has_a_name_and_takes_no_focus_and_no_pointer(app: QApplication, name: str) -> None:
    from PySide6.QtCore import Qt

    window = opened(name, "zh_CN", SIZES[0])
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    for canvas in canvases(window):
        assert canvas.objectName()
        assert canvas.accessibleName()
        assert canvas.focusPolicy() is Qt.FocusPolicy.NoFocus
        assert canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    assert app.focusWidget() is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["hall_busy", "hall_full", "hall_crowded", "hall_late"])
def test_what_matters_is_read_from_eight_metres(app: QApplication, name: str, size: tuple[int, int]) -> None:
    window = opened(name, "zh_CN", size)
    smallest: dict[str, float] = {}
    for view in window.row_views:
        for piece in view.pieces if view.isVisible() else ():
            if isinstance(piece, PlateArt):
                role, high = "plate", sign_height(piece)
            elif isinstance(piece, Text):
                role, high = piece.role, letters_height(piece)
            else:
                continue
            seen = arc_minutes(high, min(size), 55, 8)
            smallest[role] = min(seen, smallest.get(role, 99))
    assert smallest
    assert {role: round(seen, 1) for role, seen in smallest.items() if seen < LEAST_MINUTES.get(role, 5.0)} == {}


def letters_height(text: Text) -> float:
    """The ink of the text's letters, from the font's outlines at the size in which they are painted."""
    measures = metrics(text.fitted.size_px, text.bold)
    return max(measures.tightBoundingRect(line).height() for line in text.fitted.lines)


def sign_height(art: PlateArt) -> float:
    return art.box.height * SIGN_HEIGHT


def test_the_signs_of_a_plate_are_painted_as_high_as_they_are_said_to_be(app: QApplication) -> None:
    """Measured in pixels: the ink of an 8 on a blue plate."""
    picture = plate_picture(PlateState("粤B88888", "02"), 440, 140).toImage()
    column = [QColor(picture.pixel(round(440 * 0.93), y)).lightness() for y in range(20, 120)]
    rows = [y for y in range(20, 120) if any(QColor(picture.pixel(x, y)).lightness() > 160 for x in range(380, 425))]
    assert column
    assert max(rows) - min(rows) + 1 == pytest.approx(140 * SIGN_HEIGHT, abs=3)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["hall_full", "hall_crowded", "hall_late"])
def test_a_page_that_others_follow_is_full_to_its_end(app: QApplication, name: str, size: tuple[int, int]) -> None:
    window = opened(name, "zh_CN", size)
    state, rows = window.state, [view for view in window.row_views if view.isVisible()]
    assert state is not None
    if not state.cars.has_more:
        pytest.skip("everybody stands on this page")
    room = window.body._plan
    assert room is not None
    assert room.cars is not None
    last_column = [view for view in rows if view.x() == rows[-1].x()]
    assert max(view.geometry().bottom() for view in last_column) >= room.cars.bottom - len(last_column) - 2
    heights = [
        view.height() - late_height(row.late, view.width(), window.body.look)
        for view, row in zip(rows, state.rows, strict=True)
    ]
    assert max(heights) <= 1.45 * min(heights)


def test_a_large_new_energy_plate_changes_its_colour_behind_the_letter_of_the_authority(app: QApplication) -> None:
    picture = plate_picture(PlateState("粤B12345D", "51"), 480, 140).toImage()
    changes = [x for x in range(20, 460) if is_yellow(picture, x) and not is_yellow(picture, x + 2)]
    assert len(changes) == 2  # both pixels before the edge
    signs = [x for x in range(20, 300) if any(QColor(picture.pixel(x, y)).lightness() < 60 for y in range(40, 100))]
    gap = max(later - earlier for earlier, later in pairwise(signs))
    begins = next(earlier for earlier, later in pairwise(signs) if later - earlier == gap)
    assert begins < changes[0] < begins + gap


def is_yellow(picture: QImage, x: int) -> bool:
    colour = QColor(picture.pixel(x, 16))
    return colour.red() > 200 and colour.blue() < 90


@pytest.mark.parametrize("name", ["hall_busy", "hall_extremes", "hall_prices"])
def test_without_the_bundled_font_nothing_is_cut_either(
    app: QApplication, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = next(each for each in QFontDatabase.families() if each != fonts.FAMILY)
    kept = (metrics, fit.width_of, fit.fit, fit.wrapped, plates._shape, plates._capital, plates.plate_picture)
    monkeypatch.setattr(fonts._Chosen, "family", stand_in)
    for each in kept:
        each.cache_clear()
    try:
        window = opened(name, "zh_CN", SIZES[0])
        assert any(text.fitted for canvas in canvases(window) for text in texts(canvas))
        cut = [text for canvas in canvases(window) for text in texts(canvas) if text.fitted.is_cut]
        assert cut == []
        window.grab()
        window.close()
    finally:
        for each in kept:
            each.cache_clear()


def test_a_text_is_painted_where_its_piece_says(app: QApplication) -> None:
    window = opened("hall_busy", "zh_CN", SIZES[0])
    canvas = window.row_views[0]
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    canvas.render(image)
    stage = next(text for text in texts(canvas) if text.role == "stage")
    place = inked(stage).toRect()
    inks = {image.pixel(x, y) for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom())}
    assert QColor(stage.colour).rgb() in inks
    painter = QPainter()
    assert not painter.isActive()
    assert any(isinstance(piece, Sign) for piece in canvas.pieces)
