"""The bundled font: what it holds, and what happens without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from carcheck_desktop.base.catalogues import LANGUAGES, PSEUDO, Catalogue, catalogue_files
from carcheck_desktop.ui.gallery import samples
from carcheck_desktop.ui.theme import fonts
from carcheck_desktop.ui.theme.look import Look, wear

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "QFontDatabase", "Cannot find font")
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领港澳学警挂试超"
NAMES = "喆堃玥珺翀昇甯淼焱赟禤晟旻璟婳祎妤垚犇珲钺镕镒頔昉翙琇昊骉骁邨鄀芃沄赑翾煊烨薇龘"
"""Of the third level of the Table of General Standard Chinese Characters, as parents choose them."""
SIGNS = "℃￥€≥≤±×÷°µλ²³·–—…→←↑↓▲▼①⑨㎡"


def gb2312() -> str:
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


def lacking(text: str, path: Path) -> str:
    face = QRawFont(str(path), 16)
    assert face.isValid()
    return "".join(sorted({sign for sign in text if sign.isprintable() and not face.supportsCharacter(ord(sign))}))


@pytest.mark.parametrize("name", fonts.FILES)
def test_the_font_holds_what_windows_show(app: QApplication, name: str) -> None:
    path = fonts.FOLDER / name
    latin = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100))))
    hanzi = gb2312()
    assert len(hanzi) == 6763
    for text in (latin, hanzi, PROVINCES, NAMES, SIGNS, samples.NAMES, samples.LATIN, samples.UNITS):
        assert lacking(text, path) == ""


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_the_font_holds_every_word_of_the_catalogues(app: QApplication, language: str) -> None:
    words = Catalogue(language)
    text = "".join(path.read_text(encoding="utf-8") for path in catalogue_files(language))
    spoken = words._words.gettext("gallery.sample.paragraph") + words._words.gettext("gallery.type.angle")
    for name in fonts.FILES:
        assert lacking(text + spoken, fonts.FOLDER / name) == ""


def test_figures_stand_under_each_other(app: QApplication) -> None:
    for name in fonts.FILES:
        face = QRawFont(str(fonts.FOLDER / name), 100)
        widths = {
            round(advance.x(), 3) for advance in face.advancesForGlyphIndexes(face.glyphIndexesForString("0123456789"))
        }
        assert len(widths) == 1


def test_a_missing_font_stops_no_window_and_is_told(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.setattr(fonts, "FAMILY", "A Family That Nobody Has")
    problem = fonts.load_fonts()
    assert problem is not None
    assert problem.code == "ui.font.missing"
    assert str(tmp_path) in str(problem.params["path"])
    assert fonts.font_problem() == problem
    assert fonts.family() != "A Family That Nobody Has"
    assert all(Catalogue(language).lines(problem)[0] for language in LANGUAGES)
    label = QLabel("检验合格 123")
    wear(label, Look(scale=1.01))
    label.show()
    assert label.sizeHint().width() > 50
    assert fonts.font(14).family() == fonts.family()
    label.close()
    monkeypatch.undo()
    assert fonts.load_fonts() is None
    assert fonts.family() == "Carcheck Sans"


def test_one_lost_file_of_the_two_still_gives_our_letters(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / fonts.FILES[0]).write_bytes((fonts.FOLDER / fonts.FILES[0]).read_bytes())
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    problem = fonts.load_fonts()
    assert problem is not None
    assert fonts.FILES[1] in str(problem.params["path"])
    assert fonts.family() == fonts.FAMILY
    monkeypatch.undo()
    assert fonts.load_fonts() is None


def test_the_application_is_set_in_our_font(app: QApplication) -> None:
    assert QFont(app.font()).family() == "Carcheck Sans"
