"""The options of `main.py hall`: what a screen shows, where, and in which languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.hall import languages
from carcheck_desktop.base.catalogues import PSEUDO
from carcheck_desktop.cli import main
from carcheck_desktop.cli.hall import contents, hall
from carcheck_desktop.domain.board import BoardContent


def test_contents_are_named_in_the_order_in_which_they_stand() -> None:
    assert contents("lanes, vehicles") == (BoardContent.LANES, BoardContent.VEHICLES)


@pytest.mark.parametrize("text", ["weather", "lanes,wether", "", ","])
def test_a_content_that_does_not_exist_is_refused_with_those_that_do(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        hall(["--content", text])
    assert ended.value.code == 2
    assert "announcements" in capsys.readouterr().err


def test_both_languages_begin_with_the_stations() -> None:
    assert languages("both", "en") == ("en", "zh_CN")
    assert languages(None, "zh_CN") == ("zh_CN",)
    assert languages("en", "zh_CN") == ("en",)


@pytest.mark.parametrize("command", ["control", "hall"])
def test_a_real_station_does_not_speak_the_language_of_the_checks(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_demo_station(tmp_path)
    text = path.read_text(encoding="utf-8").partition("[[uplink]]")[0]
    path.write_text(text.replace("training = true", "training = false"), "utf-8")
    assert main([command, "--station", str(path), "--lang", PSEUDO]) == 2
    assert PSEUDO in capsys.readouterr().err
