"""The environment: when it is made, mended or left alone, with a recorder in place of pip."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from requirements.environment import INSTALLING, Environment
from requirements.machine import Stop
from tests.requirements.recorder import Recorder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two locks and nothing else."""
    (tmp_path / "requirements").mkdir()
    for name in ("runtime", "test"):
        (tmp_path / "requirements" / f"{name}.lock").write_text(f"{name}==1\n", encoding="utf-8")
    return tmp_path


def working(project: Path, stamp: dict[str, str] | None = None) -> Recorder:
    """A recorder beside a .venv whose Python answers as it should."""
    environment = Environment(project, Recorder())
    environment.programs.mkdir(parents=True)
    environment.python.touch()
    if stamp is not None:
        environment.stamp.write_text(json.dumps(stamp), encoding="utf-8")
    return Recorder(printed=lambda _: "True\n")


def folder_maker(project: Path) -> Callable[[Sequence[str]], int]:
    """A program that makes the folder .venv, as `python -m venv` does."""

    def make(_: Sequence[str]) -> int:
        (project / ".venv").mkdir(exist_ok=True)
        return 0

    return make


def installed(recorder: Recorder) -> list[str]:
    """The locks that pip was asked to install, in order."""
    return [Path(command[-1]).stem for command in recorder.started if "pip" in command]


def made_venv(recorder: Recorder) -> bool:
    """Whether an environment was made."""
    return any(command[1:3] == ["-m", "venv"] for command in recorder.started)


def test_a_fresh_clone_gets_an_environment_and_its_locks_in_order(project: Path) -> None:
    recorder = Recorder()

    def make(command: Sequence[str]) -> int:
        if "venv" in command:
            Environment(project, recorder).programs.mkdir(parents=True)
            Environment(project, recorder).python.touch()
        return 0

    recorder.answers = make
    environment = Environment(project, recorder)
    environment.ensure(["runtime", "test"])
    assert made_venv(recorder)
    assert installed(recorder) == ["runtime", "test"]
    assert environment.unfinished(["runtime", "test"]) == []
    for command in recorder.started[1:]:
        assert {"--no-deps", "--require-hashes"} <= set(command)


def test_a_second_run_starts_nothing(project: Path) -> None:
    digest = Environment(project, Recorder()).digest("runtime")
    recorder = working(project, {"runtime": digest})
    Environment(project, recorder).ensure(["runtime"])
    assert recorder.started == []


def test_a_changed_lock_is_installed_and_the_others_are_not(project: Path) -> None:
    environment = Environment(project, Recorder())
    recorder = working(project, {"runtime": environment.digest("runtime"), "test": "older"})
    Environment(project, recorder).ensure(["runtime", "test"])
    assert not made_venv(recorder)
    assert installed(recorder) == ["test"]


def test_an_installation_that_was_cut_off_is_begun_again_from_nothing(project: Path) -> None:
    digest = Environment(project, Recorder()).digest("runtime")
    recorder = working(project, {"runtime": digest, INSTALLING: "test"})
    leftover = project / ".venv" / "half-copied"
    leftover.touch()
    recorder.answers = folder_maker(project)
    Environment(project, recorder).ensure(["runtime", "test"])
    assert made_venv(recorder)
    assert installed(recorder) == ["runtime", "test"]
    assert not leftover.exists()


def test_the_stamp_says_that_an_installation_runs_while_it_runs(project: Path) -> None:
    recorder = working(project, {})
    environment = Environment(project, recorder)
    seen: list[dict[str, str]] = []

    def look(_: Sequence[str]) -> int:
        seen.append(environment.stamped())
        return 0

    recorder.answers = look
    environment.ensure(["runtime"])
    assert seen == [{INSTALLING: "runtime"}]
    assert environment.stamped() == {"runtime": environment.digest("runtime")}


def test_an_interrupted_pip_leaves_its_mark(project: Path) -> None:
    recorder = working(project, {})
    environment = Environment(project, recorder)

    def interrupt(_: Sequence[str]) -> int:
        recorder.interrupted = True
        return 1

    recorder.answers = interrupt
    with pytest.raises(Stop):
        environment.ensure(["runtime"])
    assert environment.stamped() == {INSTALLING: "runtime"}


def test_a_pip_that_says_no_leaves_what_works_alone(project: Path) -> None:
    digest = Environment(project, Recorder()).digest("runtime")
    recorder = working(project, {"runtime": digest})
    recorder.answers = lambda _: 1
    environment = Environment(project, recorder)
    with pytest.raises(Stop, match=r"test\.lock") as stop:
        environment.ensure(["test"])
    assert stop.value.code == 2
    assert environment.unfinished(["runtime"]) == []
    assert environment.python.exists()


@pytest.mark.parametrize("answer", [None, "False\n"])
def test_an_environment_that_does_not_start_or_is_of_another_python_is_rebuilt(
    project: Path, answer: str | None
) -> None:
    recorder = working(project, {})
    recorder.printed = lambda _: answer
    recorder.answers = folder_maker(project)
    Environment(project, recorder).ensure(["runtime"])
    assert made_venv(recorder)


def test_a_stamp_that_is_not_json_counts_as_none(project: Path) -> None:
    working(project, {})
    environment = Environment(project, Recorder())
    environment.stamp.write_text("{cut of", encoding="utf-8")
    assert environment.unfinished(["runtime"]) == ["runtime"]
