"""A path of stages: everything inside its place, the present stage always said, never by colour alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.theme.look import Look
from carcheck_desktop.ui.theme.tokens import LIGHT, WALL
from carcheck_desktop.ui.widgets.data.path.layout import Room, Way, lay_out
from carcheck_desktop.ui.widgets.data.path.paint import draw_mark, draw_stage_path, present_stage
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath
from carcheck_desktop.ui.widgets.data.states import Mark, Phase, StagePathState, StageState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WIDTHS = st.lists(st.floats(4, 300), min_size=1, max_size=40).map(tuple)
ROOMS = st.builds(
    Room, st.floats(40, 3000), st.floats(12, 200), mark=st.floats(6, 40), text=st.floats(6, 60), count=st.floats(0, 19)
)


def path(*marks: Mark) -> StagePathState:
    return StagePathState(tuple(StageState(f"s{n}", f"阶段{n}", mark) for n, mark in enumerate(marks)))


@given(WIDTHS, ROOMS, st.integers(-1, 39))
def test_marks_and_words_stay_inside_and_in_order(widths: tuple[float, ...], room: Room, present: int) -> None:
    made = lay_out(widths, min(present, len(widths) - 1), room)
    spans = [made.marks[number] for number in sorted(made.marks)]
    assert spans
    assert spans[0].left >= 0
    assert made.after or spans[-1].right <= room.width + 1e-6
    assert all(one.right <= other.left + 1e-6 for one, other in pairwise(spans))
    for word in made.words.values():
        assert word.left >= -1e-6
        assert word.right <= room.width + 1e-6
    assert len(made.marks) + made.before + made.after == len(widths)


@given(WIDTHS, ROOMS, st.integers(0, 39))
def test_the_present_stage_is_never_hidden(widths: tuple[float, ...], room: Room, present: int) -> None:
    number = min(present, len(widths) - 1)
    assert number in lay_out(widths, number, room).marks


@pytest.mark.parametrize(
    ("width", "height", "way"),
    [
        (900, 80, Way.BELOW),
        (260, 80, Way.PRESENT_BELOW),
        (900, 24, Way.BESIDE),
        (300, 24, Way.PRESENT_BESIDE),
        (150, 24, Way.MARKS),
    ],
)
def test_less_is_said_where_there_is_less_room(width: int, height: int, way: Way) -> None:
    assert lay_out((70.0,) * 6, 2, Room(width, height, 19, 14, 20)).way is way


def test_what_runs_matters_more_than_what_is_held_or_failed() -> None:
    assert present_stage(path(Mark.FAILED, Mark.NOW, Mark.HELD).stages) == 1
    assert present_stage(path(Mark.DONE, Mark.FAILED, Mark.TODO).stages) == 1
    assert present_stage(path(Mark.DONE, Mark.TODO).stages) == -1


def grey(mark: Mark, look: Look) -> bytes:
    """Return the mark without its colours."""
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, mark, QRectF(0, 0, 32, 32), look.palette)
    painter.end()
    # two levels of grey only: what is left is the shape
    mono = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(mono.bits())


@pytest.mark.parametrize("look", [Look(LIGHT), Look(WALL)], ids=["light", "wall"])
def test_each_mark_has_a_shape_of_its_own(app: QApplication, look: Look) -> None:
    shapes = {mark: grey(mark, look) for mark in Mark}
    for one in Mark:
        for other in Mark:
            if one.value < other.value:
                differing = sum(abs(a - b) > 40 for a, b in zip(shapes[one], shapes[other], strict=True))
                assert differing > 30, (one, other)


def test_a_path_that_did_not_change_is_not_painted_again(app: QApplication) -> None:
    part = StagePath("path", Words(Catalogue("zh_CN")))
    state = path(Mark.DONE, Mark.NOW)
    part.show_path(state)
    part.resize(400, 50)
    part.show()
    app.processEvents()
    painted: list[int] = []
    part.paintEvent = lambda event: painted.append(1)  # type: ignore[method-assign]
    part.show_path(path(Mark.DONE, Mark.NOW))
    app.processEvents()
    assert painted == []
    part.show_path(path(Mark.DONE, Mark.FAILED))
    app.processEvents()
    assert painted == [1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_path_is_said_as_a_sentence(app: QApplication, language: str) -> None:
    part = StagePath("path", Words(Catalogue(language)))
    part.show_path(path(Mark.DONE, Mark.HELD))
    assert "ui." not in part.accessibleName()
    assert part.accessibleName().count("阶段") == 2
    part.show_path(StagePathState((), phase=Phase.OFFLINE, note="离线"))
    assert part.accessibleName() == "离线"


def test_ten_attempts_and_no_room_at_all_are_drawn(app: QApplication) -> None:
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    many = path(*[Mark.FAILED] * 40, Mark.NOW)
    for box in (QRectF(0, 0, 300, 40), QRectF(0, 0, 20, 8), QRectF(0, 0, 0, 0)):
        draw_stage_path(painter, many, box, Look())
    painter.end()
    set_up(app)
