"""The processes of a station on one PC: one that cannot start is named with its last words, and all are ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carcheck_desktop.app import children as module
from carcheck_desktop.app.children import Child, Children, ProcessError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="plays processes with POSIX signals")

TELLS = 'print(json.dumps({"service": "http://127.0.0.1:8460"}), flush=True)'
WAITS = "signal.pause()"


class Cast:
    """A `main.py` of the test's own, and the children that it was started for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.children = Children(folder / "station.toml", folder / "logs")

    def start(self, *lines: str, name: str = "service", tells: bool = True) -> Child:
        """Start a process that does these lines."""
        text = "import json, os, signal, sys\n" + "\n".join(lines)
        (self.folder / "main.py").write_text(text, encoding="utf-8")
        return self.children.start(name, name, tells=tells)


@pytest.fixture
def cast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(module, "ROOT", tmp_path)
    cast = Cast(tmp_path)
    yield cast
    cast.children.end()


def refused(start: Callable[[], Child]) -> dict[str, str | int]:
    """Return what is said of a process that does not start."""
    with pytest.raises(ProcessError) as caught:
        start()
    assert caught.value.code == "app.demo.process_died"
    return dict(caught.value.problem.params)


def test_what_a_process_tells_when_it_is_ready_is_kept(cast: Cast) -> None:
    child = cast.start(TELLS, WAITS)
    assert child.told == {"service": "http://127.0.0.1:8460"}
    assert child.is_running
    cast.children.require_all()


def test_a_process_is_given_the_station_file_and_speaks_utf8(cast: Cast) -> None:
    child = cast.start('print(json.dumps({"given": sys.argv[1:], "utf8": sys.flags.utf8_mode}), flush=True)', WAITS)
    assert child.told == {"given": ["service", "--station", str(cast.folder / "station.toml")], "utf8": 1}


def test_a_process_that_dies_at_its_start_is_named_with_its_last_words(cast: Cast) -> None:
    said = refused(lambda: cast.start('print("数据库已被占用", file=sys.stderr)', "sys.exit(3)"))
    assert (said["name"], said["code"], said["tail"]) == ("service", 3, "数据库已被占用")
    assert said["log"] == str(cast.folder / "logs")


def test_one_that_dies_without_a_word_is_named_all_the_same(cast: Cast) -> None:
    assert refused(lambda: cast.start("os._exit(0)"))["tail"] == "-"


@pytest.mark.parametrize("line", ["ready", "[1, 2]", "3", '"ready"', "", "null"])
def test_one_that_says_something_else_than_it_should_is_ended(cast: Cast, line: str) -> None:
    text = f"print({line!r}, flush=True)"
    refused(lambda: cast.start(text, WAITS))
    assert cast.children.end() == {"service": -15}


def test_one_that_never_says_it_is_ready_is_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "START_LIMIT_S", 0.3)
    assert refused(lambda: cast.start(WAITS))["code"] == -15


def test_one_that_does_not_want_to_end_is_ended_for_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "END_LIMIT_S", 0.1)
    child = cast.start("signal.signal(signal.SIGTERM, signal.SIG_IGN)", TELLS, "while True: signal.pause()")
    assert cast.children.end() == {"service": -9}
    assert not child.is_running


def test_all_are_ended_the_newest_first(cast: Cast) -> None:
    notes = cast.folder / "ended"
    note = "signal.signal(signal.SIGTERM, lambda *_: (open({path!r}, 'a').write(sys.argv[1] + ' '), sys.exit(0)))"
    for name in ("service", "lane-1", "control"):
        cast.start(note.format(path=str(notes)), TELLS, WAITS, name=name)
    assert cast.children.end() == {"service": 0, "lane-1": 0, "control": 0}
    assert notes.read_text(encoding="utf-8").split() == ["control", "lane-1", "service"]
    assert cast.children.end() == {}


def test_a_process_that_ends_while_the_station_runs_is_noticed(cast: Cast) -> None:
    child = cast.start(TELLS, WAITS)
    child.process.kill()
    child.process.wait()
    with pytest.raises(ProcessError) as caught:
        cast.children.require_all()
    assert caught.value.problem.params["code"] == -9


def test_a_process_that_died_is_started_again_with_the_same_words(cast: Cast) -> None:
    child = cast.start(TELLS, WAITS)
    first = child.process
    first.kill()
    first.wait()
    cast.children.revive()
    assert child.is_running
    assert child.process.args == first.args
    cast.children.revive()
    assert len(child.deaths_s) == 1


def test_one_that_dies_again_and_again_is_named_instead(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BREATH_S", 0.0)
    child = cast.start(TELLS, 'print("port taken", file=sys.stderr)', "sys.exit(2)")
    for _ in range(module.MOST_DEATHS - 1):
        child.process.wait()
        cast.children.revive()
    child.process.wait()
    with pytest.raises(ProcessError) as caught:
        cast.children.revive()
    assert (caught.value.problem.params["code"], child.is_running) == (2, False)
    assert "port taken" in str(caught.value.problem.params["tail"])


def test_a_window_that_a_person_closed_is_no_accident(cast: Cast) -> None:
    window = cast.start("sys.exit(0)", name="hall", tells=False)
    cast.children.forget(window)
    window.process.wait()
    cast.children.require_all()


def test_a_process_that_talks_a_lot_is_not_held_up(cast: Cast) -> None:
    child = cast.start(TELLS, "for _ in range(3000): print('x' * 100)", "sys.stdout.flush()", "os._exit(7)")
    assert child.process.wait(timeout=30) == 7


def test_only_the_end_of_a_long_log_is_shown(cast: Cast) -> None:
    said = refused(lambda: cast.start("print('x' * 5000 + ' the end', file=sys.stderr)", "sys.exit(1)"))
    tail = str(said["tail"])
    assert tail.endswith("the end")
    assert len(tail) <= 400
    assert (cast.folder / "logs" / "service.out").stat().st_size > 5000
