"""The machine as the set-up meets it: Pythons, paths, displays, programs."""

from __future__ import annotations

import ast
import signal
import sys
from pathlib import Path

import pytest

from requirements import machine
from requirements.machine import ROOT, Runner, Stop


@pytest.mark.parametrize(
    "path", [ROOT / "bootstrap.py", *sorted((ROOT / "requirements").glob("[!c]*.py"))], ids=lambda p: p.name
)
def test_an_old_python_can_read_the_set_up_far_enough_to_refuse(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "__future__" not in imported


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 14), (3, 15, 0)])
def test_a_python_that_does_not_fit_is_named(version: tuple[int, int, int]) -> None:
    with pytest.raises(Stop, match=r"Python 3\.11") as stop:
        machine.check_python(version)
    assert stop.value.code == 2
    assert ".".join(map(str, version)) in str(stop.value)


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 14, 0)])
def test_a_python_that_fits_is_accepted(version: tuple[int, int, int]) -> None:
    machine.check_python(version)


def test_a_folder_too_deep_for_windows_is_refused_unless_long_paths_are_on() -> None:
    deep = "C:\\" + "x" * 90
    with pytest.raises(Stop, match="93 characters"):
        machine.check_windows_path(deep, long_paths=False)
    machine.check_windows_path(deep, long_paths=True)
    machine.check_windows_path("C:\\carcheck", long_paths=False)


@pytest.mark.parametrize(
    ("variables", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_recognised(variables: dict[str, str], platform: str, shown: bool) -> None:
    assert machine.has_display(variables, platform) is shown


def test_what_we_start_speaks_utf8_and_does_not_inherit_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    variables = machine.child_environment()
    assert variables["PYTHONUTF8"] == "1"
    assert not {"PYTHONPATH", "PYTHONHOME"} & variables.keys()


def test_the_exit_code_of_a_program_comes_back() -> None:
    assert Runner().run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_a_request_to_end_reaches_the_program_and_is_remembered() -> None:
    runner = Runner()
    asks_its_parent = "import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(50)"
    assert runner.run([sys.executable, "-c", asks_its_parent]) == -signal.SIGTERM
    assert runner.interrupted


def test_a_missing_program_has_no_output() -> None:
    assert Runner().output(["no-such-program-here"]) is None
    assert Runner().output([sys.executable, "-c", "raise SystemExit(1)"]) is None
    assert Runner().output([sys.executable, "-c", "print('yes')"]) == "yes\n"
