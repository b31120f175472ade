"""Icons: every one is used, every one that is named exists, and the style gets its coloured files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.ui.theme import icons
from carcheck_desktop.ui.theme.tokens import TONE_ICON


def written() -> set[str]:
    """Return every text that stands in the code of the windows."""
    return {
        node.value
        for path in (ROOT / "carcheck_desktop" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def kept() -> set[str]:
    return {path.stem for path in icons.FOLDER.glob("*.svg")}


def test_every_icon_is_used_by_some_window() -> None:
    assert sorted(kept() - written()) == []


def test_every_tone_has_an_icon_that_exists() -> None:
    assert set(TONE_ICON.values()) <= kept()


@pytest.mark.parametrize("name", sorted(kept()))
def test_every_icon_takes_the_colour_of_its_place(name: str) -> None:
    source = (icons.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert "currentColor" in source
    assert "<script" not in source


def test_the_style_gets_a_coloured_file_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path))
    icons.icon_file.cache_clear()
    made = icons.icon_file("check", "#123456")
    assert made.is_relative_to(tmp_path)
    assert "#123456" in made.read_text(encoding="utf-8")
    made.write_text("damaged", encoding="utf-8")
    icons.icon_file.cache_clear()
    assert "#123456" in icons.icon_file("check", "#123456").read_text(encoding="utf-8")
    icons.icon_file.cache_clear()


def test_without_a_place_to_keep_it_the_style_gets_the_plain_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path / "file"))
    icons.icon_file.cache_clear()
    assert icons.icon_file("check", "#654321") == icons.FOLDER / "check.svg"
    icons.icon_file.cache_clear()
