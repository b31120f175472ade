"""A letter box that loses no fact under any number of threads, catalogues that render whatever they are given."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carcheck_desktop.base import catalogues
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue, cache_folder
from carcheck_desktop.base.clock import ScaledClock, VirtualClock
from carcheck_desktop.base.logs import set_up
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.base.messages import Message, params_of

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a.b"\nmsgstr "{name}：{count}"\n'


@given(st.lists(st.one_of(st.integers(), st.just("drain"), st.tuples(st.sampled_from("lr"), st.integers()))))
def test_every_fact_comes_out_once_in_order_and_of_samples_the_newest(moves: list[object]) -> None:
    box: Mailbox[int, int] = Mailbox()
    seen: list[int] = []
    newest: dict[object, int] = {}
    for move in [*moves, "drain"]:
        if move == "drain":
            facts, samples = box.drain()
            seen += facts
            assert samples == newest
            newest = {}
        elif isinstance(move, tuple):
            box.put_sample(*move)
            newest[move[0]] = move[1]
        elif isinstance(move, int):
            box.put(move)
    assert seen == [move for move in moves if isinstance(move, int)]


@given(st.lists(st.integers(), min_size=1))
def test_samples_that_nobody_fetched_are_merged_in_order(numbers: list[int]) -> None:
    box: Mailbox[int, list[int]] = Mailbox(merge=lambda old, new: old + new)
    for number in numbers:
        box.put_sample("curve", [number])
    assert box.drain()[1] == {"curve": numbers}


def test_whoever_empties_the_box_is_woken_once_for_each_time_it_was_empty() -> None:
    woken: list[int] = []
    box: Mailbox[int, int] = Mailbox(on_first=lambda: woken.append(1))
    for _ in range(3):
        box.put_sample("a", 1)
        box.put(1)
        box.put_sample("a", 2)
        box.drain()
    assert len(woken) == 3


def test_many_threads_lose_nothing() -> None:
    box: Mailbox[tuple[int, int], int] = Mailbox()

    def send(who: int) -> None:
        for number in range(500):
            box.put((who, number))

    threads = [threading.Thread(target=send, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    seen: list[tuple[int, int]] = []
    while any(thread.is_alive() for thread in threads):
        seen += box.drain()[0]
    for thread in threads:
        thread.join()
    seen += box.drain()[0]
    assert len(seen) == 2000
    for who in range(4):
        assert [number for each, number in seen if each == who] == list(range(500))


# -- catalogues ------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def catalogue(folder: Path, text: str = PO) -> Catalogue:
    path = folder / "room.po"
    path.write_text(text, encoding="utf-8")
    return Catalogue("zh_CN", [path])


def test_a_sentence_is_filled_with_what_was_seen(tmp_path: Path, cache: Path) -> None:
    words = catalogue(tmp_path)
    assert words.text(Message("a.b", {"name": "制动台", "count": 3})) == "制动台：3"
    assert words.text(Message("a.b", {"name": "x"})) == "x：{count}"
    assert words.text(Message("unknown.code", {"x": 1})) == "unknown.code (x=1)"
    assert words.text(Message("unknown.code")) == "unknown.code"
    assert (words.knows("a.b"), words.knows("unknown.code")) == (True, False)


@given(st.text(max_size=30))
def test_what_a_person_typed_is_shown_as_typed_and_never_filled_in_again(typed: str) -> None:
    words = Catalogue("en")
    assume(not words.knows(typed))  # a parameter that is a code is meant to be said in words
    shown = words.text(Message("cli.unusable_path.evidence", {"path": typed, "detail": "{path}"}))
    assert typed in shown
    assert "{path}" in shown


def test_a_changed_catalogue_is_not_read_from_yesterdays_cache(tmp_path: Path, cache: Path) -> None:
    assert catalogue(tmp_path).text(Message("a.b", {"name": "x", "count": 1})) == "x：1"
    changed = catalogue(tmp_path, PO.replace("：", " = "))
    assert changed.text(Message("a.b", {"name": "x", "count": 1})) == "x = 1"
    assert len(list(cache.iterdir())) == 2


def test_where_no_cache_can_be_written_words_are_there_all_the_same(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write_text("a file where the folder should be", encoding="utf-8")
    assert catalogue(tmp_path).text(Message("a.b", {"name": "x", "count": 1})) == "x：1"


def test_without_a_wish_the_cache_is_each_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARCHECK_CACHE", raising=False)
    assert catalogues._user() in cache_folder().name


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_ship_with_the_program(language: str) -> None:
    assert Catalogue(language).knows("cli.unusable_path.cause")


def test_figures_stay_figures_and_everything_else_becomes_text() -> None:
    given_params = {"count": 3, "ok": True, "path": Path("/a"), "none": None, "text": "x"}
    kept = params_of(given_params)
    assert kept["count"] == 3
    assert (kept["path"], kept["text"]) == ("/a", "x")
    assert all(isinstance(value, str | int) for value in kept.values())


# -- logs and clocks -------------------------------------------------------------------------------


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield root
    for handler in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_process_logs_everything_to_its_file_and_only_warnings_to_people(
    tmp_path: Path, root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(tmp_path / "logs", "lane-1")
    logging.getLogger("carcheck").info("举升器已升起")
    logging.getLogger("carcheck").warning("制动台没有回答")
    logged = (tmp_path / "logs" / "lane-1.log").read_text(encoding="utf-8")
    assert "举升器已升起" in logged
    assert "制动台没有回答" in logged
    told = capsys.readouterr().err
    assert "制动台没有回答" in told
    assert "举升器已升起" not in told


def test_without_a_folder_only_warnings_are_said(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(root_logger.handlers)
    set_up(None, "demo")
    assert len(root_logger.handlers) == before + 1


@given(st.floats(0.1, 100.0), st.floats(0.0, 1000.0))
def test_scaled_seconds_and_scaled_dates_go_together(speed: float, since_s: float) -> None:
    clock = ScaledClock(speed, VirtualClock().now(), -since_s)
    before_s = clock.monotonic()
    elapsed_s = (clock.now() - clock.epoch).total_seconds()
    assert before_s <= elapsed_s + 1e-5
    assert elapsed_s <= clock.monotonic() + 1e-5
