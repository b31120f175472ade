"""The counter of pages sees what is lost, doubled, spoilt or void, from the trays alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.print_counter import count, number_of

CUT = b"\x1dV\x00"


def page(number: str, cut: bytes = CUT) -> bytes:
    return f"\x1b@BEGIN {number}\n检验\nEND {number}\n".encode("gb18030") + cut


def tray(folder: Path, *pages: bytes) -> Path:
    folder.mkdir()
    for place, content in enumerate(pages, 1):
        (folder / f"{place:05d}.escpos").write_bytes(content)
    return folder


def test_every_number_once_is_good(tmp_path: Path) -> None:
    found = count([tray(tmp_path / "a", page("J00001")), tray(tmp_path / "b", page("J00002"))], 2)
    assert (found["good"], found["lost"], found["doubled"], found["spoilt"], found["unasked"]) == (2, 0, 0, [], [])


def test_what_is_lost_doubled_or_never_asked_for_is_counted(tmp_path: Path) -> None:
    found = count([tray(tmp_path / "a", page("J00001"), page("J00001"), page("J00009"))], 2)
    assert (found["lost"], found["doubled"], found["unasked"]) == (1, 1, ["J00009"])
    assert found["details"] == ["lost J00002", "doubled J00001"]


def test_a_page_on_the_strip_of_another_is_spoilt(tmp_path: Path) -> None:
    half = page("J00001").split(b"END", maxsplit=1)[0]
    found = count([tray(tmp_path / "a", half + page("J00002"), b"\n" + CUT)], 2)
    assert (found["spoilt"], found["lost"]) == (["00001.escpos", "00002.escpos"], 2)


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (page("J00001"), "J00001"),
        (page("J00001", b""), None),
        (page("J00001") + "以上作废 VOID ABOVE".encode("gb18030"), ""),
        (page("J00001").replace(b"END", b"UND"), None),
        (page("J00001").replace(b"END J00001", b"END J00002"), None),
    ],
)
def test_what_a_good_page_is(content: bytes, number: str | None) -> None:
    assert number_of(content) == number


def test_torn_pages_and_void_strips_are_told(tmp_path: Path) -> None:
    folder = tray(tmp_path / "a", b"VOID ABOVE" + CUT)
    (folder / "00002.torn").write_bytes(page("J00001"))
    found = count([folder], 0)
    assert (found["torn"], found["void_strips"], found["good"]) == (1, 1, 0)
