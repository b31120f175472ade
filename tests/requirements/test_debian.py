"""Debian packages: which are missing and how apt is asked, with a recorder in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from requirements import debian
from requirements.machine import Stop
from tests.requirements.recorder import Recorder

LISTING = "\n".join(
    [
        "ii \tlibgl1\t",
        "ii \tlibegl1\t",
        "ii \tlibxkbcommon0\t",
        "ii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6)",
        "rc \tlibfontconfig1\t",
        "ii \tlibdbus-1-3\tdbus-thing (= 1), other",
    ]
)


def test_only_what_dpkg_lacks_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "bundled_font", lambda _: True)
    missing = debian.missing_packages("demo", Recorder(printed=lambda _: LISTING), display=False, needs_venv=False)
    assert missing == ["libfontconfig1"]


def test_a_python_without_ensurepip_asks_for_the_venv_package_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "bundled_font", lambda _: True)
    missing = debian.missing_packages("demo", Recorder(printed=lambda _: LISTING), display=False, needs_venv=True)
    assert missing == ["python3-venv", "libfontconfig1"]


def test_a_system_without_dpkg_is_left_alone() -> None:
    assert debian.missing_packages("bench", Recorder(), display=True, needs_venv=True) == []


def test_a_font_of_our_own_makes_the_font_package_needless(tmp_path: Path) -> None:
    assert not debian.bundled_font(tmp_path)
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    (tmp_path / "resources" / "fonts" / "own.otf").touch()
    assert debian.bundled_font(tmp_path)
    assert "fonts-wqy-zenhei" in debian.packages_for("demo", display=False, font=False)
    assert "fonts-wqy-zenhei" not in debian.packages_for("demo", display=False, font=True)


def test_windows_the_strangers_and_compilers_are_asked_for_only_where_they_are_used() -> None:
    plain = debian.packages_for("demo", display=False, font=True)
    assert "libxcb-cursor0" in debian.packages_for("demo", display=True, font=True)
    assert not {"libxcb-cursor0", "mbpoll", "gcc"} & set(plain)
    assert "mbpoll" in debian.packages_for("test", display=False, font=True)
    outside = {"xvfb", "dbus", "at-spi2-core", "libxcb-cursor0", "chromium", "chromium-driver"}
    assert outside <= set(debian.packages_for("test", display=False, font=True))
    assert {"mbpoll", "gcc"} <= set(debian.packages_for("bench", display=False, font=True))


def test_without_root_the_exact_line_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    monkeypatch.setattr(debian, "become_root", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Stop) as stop:
        debian.install_packages(["libgl1", "mbpoll"], recorder)
    assert stop.value.code == 2
    assert "\n  apt-get update && apt-get install -y -q --no-install-recommends libgl1 mbpoll\n" in str(stop.value)
    assert recorder.started == []


def test_the_line_has_sudo_where_sudo_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "become_root", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/sudo")
    with pytest.raises(Stop, match="sudo apt-get update && sudo apt-get install"):
        debian.install_packages(["libgl1"], Recorder())


@pytest.mark.parametrize(
    ("lists", "refusals", "commands"),
    [
        (True, 0, ["install"]),
        (True, 1, ["install", "update", "install"]),
        (False, 0, ["update", "install"]),
    ],
)
def test_apt_asks_its_servers_only_when_it_must(
    monkeypatch: pytest.MonkeyPatch, lists: bool, refusals: int, commands: list[str]
) -> None:
    left = [refusals]

    def answer(command: Sequence[str]) -> int:
        refused = "install" in command and left[0] > 0
        left[0] -= refused
        return 100 if refused else 0

    recorder = Recorder(answer)
    monkeypatch.setattr(debian, "become_root", lambda _: ["env", "DEBIAN_FRONTEND=noninteractive"])
    monkeypatch.setattr(debian, "apt_lists_present", lambda: lists)
    debian.install_packages(["libgl1"], recorder)
    assert [command[3] for command in recorder.started] == commands
    assert all(command[1] == "DEBIAN_FRONTEND=noninteractive" for command in recorder.started)


def test_an_apt_that_fails_twice_ends_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "become_root", lambda _: [])
    monkeypatch.setattr(debian, "apt_lists_present", lambda: True)
    with pytest.raises(Stop, match="apt-get install -y"):
        debian.install_packages(["libgl1"], Recorder(lambda command: int("install" in command)))


def test_sudo_is_used_only_when_it_asks_for_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert debian.become_root(Recorder()) is None
    willing = Recorder(printed=lambda command: "" if command[:2] == ["sudo", "-n"] else None)
    assert (debian.become_root(willing) or [])[:2] == ["sudo", "-n"]
