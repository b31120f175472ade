"""Both tables hold all that is asked of them: a row taken out, or one too many, is refused by name."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import parse
from tests.standards.exhaust_asking import FOLDER

FILES = ("gb3847-2018.toml", "hj1237-2021.toml")
KEPT = 12
"""Of so many rows one is taken out; every one would take too long."""


def blocks(name: str) -> list[str]:
    """Return the file cut before each row, the head first."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    parts = text.split("\n[[")
    return [parts[0], *(f"\n[[{part}" for part in parts[1:])]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("section", ["limit", "constant", "setting", "rounding"])
def test_a_row_taken_out_is_missed(name: str, section: str) -> None:
    parts = blocks(name)
    places = [place for place, part in enumerate(parts) if part.startswith(f"\n[[{section}]]")]
    for place in places[:: max(1, len(places) // KEPT)]:
        with pytest.raises(DataError) as caught:
            parse("".join([*parts[:place], *parts[place + 1 :]]).encode())
        assert caught.value.code in ("standards.tables.missing_row", "standards.tables.gap")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("section", ["limit", "constant", "setting", "rounding"])
def test_a_row_twice_overlaps(name: str, section: str) -> None:
    parts = blocks(name)
    place = next(place for place, part in enumerate(parts) if part.startswith(f"\n[[{section}]]"))
    with pytest.raises(DataError) as caught:
        parse("".join([*parts, parts[place]]).encode())
    assert caught.value.code == "standards.tables.overlap"


@pytest.mark.parametrize("name", FILES)
def test_a_key_that_nobody_knows_is_refused(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    with pytest.raises(DataError) as caught:
        parse(text.replace("[[rounding]]\n", "[[rounding]]\nsurprise = 1\n", 1).encode())
    assert caught.value.problem.params["key"] == "surprise"
