"""Paths that cannot be used end in one line and exit code 2, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from carcheck_desktop.cli import main
from tests.base.test_station_file import GOOD


def test_a_data_folder_that_is_a_file_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").write_text("not a folder")
    (tmp_path / "station.toml").write_text(GOOD, encoding="utf-8")
    assert main(["service", "--station", str(tmp_path / "station.toml")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert str(tmp_path / "data") in told.err


@pytest.mark.parametrize(
    "wish",
    [
        ["--speed", "0"], ["--speed=-1"], ["--speed", "nan"], ["--speed", "inf"], ["--speed", "fast"],
        ["--vehicles=-1"], ["--vehicles", "1.5"], ["--vehicles", "many"],
    ],
)  # fmt: skip
def test_a_demonstration_that_cannot_be_is_refused_before_anything_is_written(tmp_path: Path, wish: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--headless", "--out", str(tmp_path / "out"), *wish])
    assert ended.value.code == 2
    assert not (tmp_path / "out").exists()
