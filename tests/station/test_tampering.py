"""`main.py verify` on a real day's records: what was changed behind the program's back is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from carcheck_desktop.cli import main
from tests.station.days import Day


@pytest.fixture
def copied(day: Day, tmp_path: Path) -> Path:
    shutil.copytree(day.folder / "data", tmp_path / "data")
    shutil.copy(day.folder / "station.toml", tmp_path / "station.toml")
    return tmp_path


def verify(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, object]], str]:
    """Run the command; return exit code, the service's findings and what it told people."""
    code = main(["verify", "--station", str(folder / "station.toml")])
    told = capsys.readouterr()
    findings = [each for report in json.loads(told.out).values() for each in report["findings"]]
    return code, findings, told.err


def edit(folder: Path, *statements: str) -> None:
    """Change rows as somebody with the file and a database tool would."""
    database = sqlite3.connect(folder / "data" / "carcheck.db")
    triggers = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert database.execute(statement).rowcount > 0
    database.commit()
    database.close()


def test_an_untouched_day_is_whole(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(copied, capsys) == (0, [], "")


def test_an_edited_entry_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copied, "UPDATE journal SET payload = replace(payload, '\"fail\"', '\"pass\"') WHERE kind = 'item_finished'")
    code, findings, told = verify(copied, capsys)
    assert code == 1
    assert findings
    assert "lane-1" in told or "lane-2" in told


def test_a_flipped_byte_of_a_curve_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curve = next(path for path in (copied / "data" / "blobs").rglob("*") if path.is_file())
    content = bytearray(curve.read_bytes())
    content[len(content) // 2] ^= 1
    curve.chmod(0o644)
    curve.write_bytes(bytes(content))
    code, findings, told = verify(copied, capsys)
    assert code == 1
    assert len(findings) == 1
    assert curve.name[:12] in told


def test_a_lost_curve_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curve = next(path for path in (copied / "data" / "blobs").rglob("*") if path.is_file())
    curve.unlink()
    code, _, told = verify(copied, capsys)
    assert code == 1
    assert curve.name[:12] in told


def test_a_cut_tail_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copied, "DELETE FROM journal WHERE pos > (SELECT max(pos) - 3 FROM journal)")
    assert verify(copied, capsys)[0] == 1


def test_a_tail_cut_together_with_the_head_in_the_database_still_shows(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        copied,
        "DELETE FROM journal WHERE pos > (SELECT max(pos) - 3 FROM journal)",
        "DELETE FROM signed_head",
    )
    assert verify(copied, capsys)[0] == 1


def test_a_verdict_edited_in_the_view_is_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copied, "UPDATE visit SET view = replace(view, '\"fail\"', '\"pass\"') WHERE view LIKE '%\"fail\"%'")
    code, _, told = verify(copied, capsys)
    assert code == 1
    assert "visit-" in told
