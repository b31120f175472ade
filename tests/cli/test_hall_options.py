"""The options of `main.py hall`: what a screen shows, where, and in which languages."""

from __future__ import annotations

import pytest

from carcheck_desktop.app.hall import languages
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
