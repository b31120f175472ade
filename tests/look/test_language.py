"""The pseudo-language keeps what is filled in, is longer than English, and our font has every letter of it."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import ACCENTED, LANGUAGES, PLACEHOLDER, PSEUDO, Catalogue, pseudo
from carcheck_desktop.base.messages import Message
from carcheck_desktop.ui.theme.fonts import FAMILY, font

LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABC ,.:%é中{}_0", max_size=40)
NAMES = st.from_regex(r"\A[a-z_]{1,12}\Z")


@given(st.lists(st.tuples(LETTERS, NAMES), max_size=4), LETTERS)
def test_placeholders_survive_in_their_order(pieces: list[tuple[str, str]], rest: str) -> None:
    template = "".join(f"{words}{{{name}}}" for words, name in pieces) + rest
    made = pseudo(template)
    assert PLACEHOLDER.findall(made) == PLACEHOLDER.findall(template)
    assert (made[0], made[-1]) == ("«", "»")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_what_is_filled_in_stays_as_it_is(path: str) -> None:
    words = Catalogue(PSEUDO)
    if not words.knows(path):
        shown = words.text(Message("cli.unusable_path.evidence", {"path": path, "detail": "plain"}))
        assert path in shown
        assert "plain" in shown


def test_it_is_no_language_of_the_product_and_a_third_longer_than_english() -> None:
    assert PSEUDO not in LANGUAGES
    english = "Stop the lane; the rollers still turn"
    assert 1.25 * len(english) < len(pseudo(english)) < 1.5 * len(english)
    assert Catalogue(PSEUDO).text(Message("no.such.code")) == "no.such.code"


def test_our_font_has_its_letters_and_what_windows_need(app: QApplication) -> None:
    for bold in (False, True):
        raw = QRawFont.fromFont(font(32, bold=bold))
        assert raw.familyName() == FAMILY
        wanted = "".join(map(chr, ACCENTED.values())) + "«»检测线℃￥≥挂渝鄂沪0123456789·"
        assert [letter for letter in wanted if not raw.supportsCharacter(ord(letter))] == []
        digits = {raw.advancesForGlyphIndexes(raw.glyphIndexesForString(digit))[0].x() for digit in "0123456789"}
        assert len(digits) == 1


def test_the_tests_run_without_a_screen() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
