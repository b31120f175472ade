"""The gallery: every page in every language and theme, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget

from carcheck_desktop.base.catalogues import PSEUDO
from carcheck_desktop.ui.gallery.choice import OPTIONS, Choice, choice_of
from carcheck_desktop.ui.gallery.page import Page
from carcheck_desktop.ui.gallery.pages import PAGES
from carcheck_desktop.ui.gallery.window import GalleryWindow
from carcheck_desktop.ui.theme.density import DENSITIES, TOUCH
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import CONTRAST, LIGHT, PALETTES, WALL

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def gallery(app: QApplication) -> GalleryWindow:
    window = GalleryWindow(PAGES, Choice())
    window.show()
    window.activateWindow()
    app.processEvents()
    return window


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)
        QApplication.processEvents()


def titles(window: GalleryWindow) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def page_of(window: GalleryWindow) -> QWidget:
    area = window.findChild(QScrollArea, "gallery_scroll")
    assert area is not None
    shown = area.widget()
    assert shown is not None
    return shown


def test_the_pages_are_walked_with_the_arrow_keys(gallery: GalleryWindow) -> None:
    seen = [gallery.page]
    for _ in PAGES[1:]:
        press(Qt.Key.Key_Down)
        seen.append(gallery.page)
    assert seen == [page.key for page in PAGES]
    press(Qt.Key.Key_Home)
    assert gallery.page == PAGES[0].key


def test_the_switches_are_reached_and_turned_by_keys_and_the_focus_stays(gallery: GalleryWindow) -> None:
    press(Qt.Key.Key_Tab)
    assert focused().objectName() == "gallery_language"
    press(Qt.Key.Key_Down)
    assert gallery.windowTitle() == "Gallery"
    assert focused().objectName() == "gallery_language", "the focus stays where it was"
    press(Qt.Key.Key_Tab, Qt.Key.Key_Down)
    assert look_of(page_of(gallery)).palette is WALL
    press(Qt.Key.Key_Tab, Qt.Key.Key_Down)
    assert look_of(page_of(gallery)).density is TOUCH
    press(Qt.Key.Key_Tab, Qt.Key.Key_Down)
    assert look_of(page_of(gallery)).scale == 1.25


def test_a_long_page_is_scrolled_by_keys(gallery: GalleryWindow) -> None:
    area = gallery.findChild(QScrollArea, "gallery_scroll")
    assert area is not None
    for _ in range(len(OPTIONS) + 1):
        press(Qt.Key.Key_Tab)
    assert focused() is area
    press(Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_the_next_page_is_one_key_away_from_everywhere(gallery: GalleryWindow) -> None:
    press(Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert gallery.page == PAGES[1].key
    QTest.keyClick(focused(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(focused(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert gallery.page == PAGES[-1].key


def test_a_language_changes_every_word_of_the_page(gallery: GalleryWindow) -> None:
    gallery.show_page("basics")
    chinese = titles(gallery)
    assert "文字标签" in chinese
    box = gallery.findChild(QComboBox, "gallery_language")
    assert box is not None
    box.setCurrentIndex(OPTIONS["language"].index("en"))
    QApplication.processEvents()
    assert gallery.page == "basics"
    assert "Label" in titles(gallery)
    assert "文字标签" not in titles(gallery)


def test_a_theme_changes_the_page_that_is_shown_and_its_figures(gallery: GalleryWindow) -> None:
    was = page_of(gallery)
    box = gallery.findChild(QComboBox, "gallery_theme")
    assert box is not None
    box.setCurrentIndex(OPTIONS["theme"].index("contrast"))
    QApplication.processEvents()
    assert page_of(gallery) is was, "parts follow, they are not made anew"
    picture = was.grab().toImage()
    assert picture.pixelColor(2, 2).name() == CONTRAST.canvas


def test_the_densities_stand_side_by_side_in_whatever_the_window_wears(gallery: GalleryWindow) -> None:
    gallery.show_page("space")
    for theme, palette in PALETTES.items():
        box = gallery.findChild(QComboBox, "gallery_theme")
        assert box is not None
        box.setCurrentIndex(OPTIONS["theme"].index(theme))
        QApplication.processEvents()
        buttons = {each.objectName(): each for each in gallery.findChildren(QPushButton)}
        worn = [look_of(buttons[f"{density.name}_button"]) for density in DENSITIES]
        assert [(look.palette, look.density) for look in worn] == [(palette, density) for density in DENSITIES]
        assert gallery.grab().toImage().pixelColor(2, gallery.height() - 2).name() == palette.canvas


@pytest.mark.parametrize("language", OPTIONS["language"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.key))
def test_every_page_is_built_in_every_language_with_words_for_all(app: QApplication, page: Page, language: str) -> None:
    window = GalleryWindow(
        PAGES,
        choice_of({"language": language, "theme": "light", "density": "desk", "scale": "100%", "motion": "lively"}),
    )
    window.show()
    window.show_page(page.key)
    app.processEvents()
    assert [text for text in titles(window) if text.startswith(("gallery.", "ui."))] == []
    if language == PSEUDO:
        assert "«" in window.windowTitle()


def test_what_is_chosen_on_the_command_line_is_what_the_switches_stand_at(app: QApplication) -> None:
    keys = {"language": "en", "theme": "contrast", "density": "touch", "scale": "150%", "motion": "still"}
    window = GalleryWindow(PAGES, choice_of(keys))
    for key, value in keys.items():
        box = window.findChild(QComboBox, f"gallery_{key}")
        assert box is not None
        assert box.currentData() == value
    assert choice_of(keys).palette is not LIGHT
    assert look_of(page_of(window)).motion.is_still
    window.close()
