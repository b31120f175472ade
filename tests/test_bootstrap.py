"""The commands of the set-up: what each would start, with a recorder in place of the programs."""

from __future__ import annotations

from pathlib import Path

import pytest

import bootstrap
from requirements.environment import Environment
from requirements.machine import ROOT
from tests.requirements.recorder import Recorder


def test_without_a_display_only_what_was_not_given_is_added() -> None:
    added = bootstrap.headless_arguments([], "/out")
    assert added == ["--headless", "--vehicles", "6", "--speed", "20", "--out", "/out"]
    given = ["--headless", "--vehicles=3", "--speed", "20", "--out", "/mine", "--seed", "4"]
    assert bootstrap.headless_arguments(given, "/out") == given


def test_the_demo_shows_windows_where_there_is_a_display() -> None:
    recorder = Recorder()
    assert bootstrap.demo(Environment(ROOT, recorder), ["--seed", "2"], display=True) == 0
    assert recorder.started[0][1:] == [str(ROOT / "main.py"), "demo", "--seed", "2"]


def test_the_demo_without_a_display_names_the_folder_with_the_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "hall.png").touch()
    recorder = Recorder(lambda _: 0)
    code = bootstrap.demo(Environment(ROOT, recorder), ["--out", str(tmp_path)], display=False)
    said = capsys.readouterr().out
    assert code == 0
    assert "no display" in said
    assert str(tmp_path / "pictures") in said
    assert "--headless" in recorder.started[0]


def test_pictures_renders_everything_into_a_folder_outside_git() -> None:
    recorder = Recorder()
    assert bootstrap.pictures(Environment(ROOT, recorder), []) == 0
    command = recorder.started[0]
    assert command[1:4] == ["-m", "tests.look", "--all"]
    folder = Path(command[command.index("--out") + 1])
    assert folder.parent == ROOT / "pictures-out"
    assert "pictures-out/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_pictures_keeps_to_what_was_asked_for() -> None:
    assert bootstrap.picture_arguments(["--only", "hall", "--out", "/mine"], "/out") == [
        "--only", "hall", "--out", "/mine", "--all",
    ]  # fmt: skip
    assert bootstrap.picture_arguments(["--pairwise"], "/out") == ["--pairwise", "--out", "/out"]
    assert bootstrap.picture_arguments(["--docs"], "/out") == ["--docs"]


def test_every_check_runs_even_after_one_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    recorder = Recorder(lambda command: 3 if "mypy" in command else 0)
    assert bootstrap.test(Environment(ROOT, recorder), []) == 1
    assert len(recorder.started) == 7
    last = capsys.readouterr().out.splitlines()[-1]
    assert "mypy FAILED (3)" in last
    assert "pytest passed" in last
    assert bootstrap.test(Environment(ROOT, Recorder()), []) == 0


def test_arguments_of_test_go_to_pytest_alone() -> None:
    for given in (["-k", "lock"], ["--", "-k", "lock"]):
        recorder = Recorder()
        bootstrap.test(Environment(ROOT, recorder), given)
        assert recorder.started[-1][1:] == ["-m", "pytest", "-k", "lock"]
        assert all("-k" not in command for command in recorder.started[:-1])


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_an_unknown_command_gets_the_list(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(arguments) == code
    said = capsys.readouterr()
    assert all(name in said.out + said.err for name in bootstrap.LOCKS)
