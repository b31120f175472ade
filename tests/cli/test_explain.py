"""`main.py explain` and `rejudge` on the database of a station, read while nobody or a service has it open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.parts import TABLES, folders_of, load_tables, open_service_store
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import main
from carcheck_desktop.domain.views import VisitView
from tests.desk.verdicts.stored import StoredVisit


@dataclass(frozen=True)
class Kept:
    """A station file, its visits, and its folder of samples."""

    file: Path
    visits: tuple[VisitView, ...]
    blobs: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Two concluded visits in a database that is still open, as while a service runs."""
    file = write_demo_station(tmp_path_factory.mktemp("station"))
    station = read_station(file)
    with closing(open_service_store(station, SystemClock())) as store:
        visits = []
        with store.begin() as uow:
            for number, peak in ((1, 300), (2, 140)):
                made = StoredVisit(uow, load_tables(station), f"visit-{number}", f"粤B1234{number}")
                made.attempt(peaks={1: peak})
                visits.append(made.conclude())
        yield Kept(file, tuple(visits), folders_of(station).blobs)


def run(kept: Kept, *arguments: str) -> int:
    return main([*arguments, "--station", str(kept.file), "--lang", "en"])


def test_an_item_is_derived_with_its_numbers_and_proved(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kept, "explain", "粤B12341", "B1") == 0
    text = capsys.readouterr().out
    assert "(300 + 300) ÷ (0.98 × 840) × 100 % = 72.886297376093 %" in text
    assert "Limit ≥ 60 %" in text
    assert "the same in every field" in text
    assert load_tables().safety.table_hash in text
    assert "SIMULATED" in text


def test_another_edition_is_derived_beside_it_as_data_too(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kept, "explain", "visit-2", "B1", "--edition", "GB 21861-2014", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["outcome"], found["same"], found["differences"]) == ("fail", True, [])
    (other,) = found["other_editions"]
    assert (other["edition"], other["judged_as_on"]) == ("GB 21861-2014", "2020-12-31")
    assert other["cards"][0]["explanation"]


def test_everything_of_a_visit_can_be_explained_at_once(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kept, "explain", "visit-1", "all", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["item"] for each in found] == ["DB", "B1", "B2", "B0", "whole"]
    assert all(each["same"] for each in found)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nobody", "B1"), "nobody"),
        (("visit-1", "B7"), "B0"),
        (("visit-1", "B1", "--attempt", "3"), "3"),
        (("visit-1", "B1", "--edition", "GB 1"), "GB 38900-2020"),
    ],
)
def test_what_is_not_there_is_an_error_that_names_it(
    kept: Kept, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], named: str
) -> None:
    assert run(kept, "explain", *arguments) == 2
    assert named in capsys.readouterr().err


def test_under_the_tables_of_the_day_nothing_would_change(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kept, "rejudge", "--edition", "GB 38900-2020", "--json") == 0
    heard = capsys.readouterr()
    (counts,) = [json.loads(line) for line in heard.out.splitlines()]
    assert (counts["visits"], counts["items"], counts["changes"], counts["not_judged"]) == (2, 6, 0, 0)
    assert "2" in heard.err, "the progress"


def test_tables_of_another_release_tell_which_verdicts_would_turn(
    kept: Kept, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = (TABLES / "gb38900-2020.toml").read_text(encoding="utf-8")
    at = text.index('key = "axle_brake_rate.front"')
    file, report = tmp_path / "next.toml", tmp_path / "report.txt"
    file.write_text(text[:at] + text[at:].replace("value = 60\n", "value = 80\n", 1), encoding="utf-8")
    assert run(kept, "rejudge", "--tables", str(file), "--out", str(report)) == 0
    lines = report.read_text(encoding="utf-8").splitlines()
    assert any("visit-1 #1 B1" in line and "(>= 60)" in line and "(>= 80)" in line for line in lines)
    assert any(line.strip() == "pass -> fail: 1" for line in lines)
    assert any(line.strip() == "conclusion pass -> fail: 1" for line in lines)
    assert capsys.readouterr().out == ""


def test_visits_outside_the_days_are_left_alone(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kept, "rejudge", "--edition", "GB 38900-2020", "--until", "2020-01-01", "--json") == 0
    assert json.loads(capsys.readouterr().out)["visits"] == 0
    opened = kept.visits[0].opened_at.date().isoformat()
    assert run(kept, "rejudge", "--edition", "GB 38900-2020", "--since", opened, "--json") == 0
    assert json.loads(capsys.readouterr().out)["visits"] == 2


@pytest.mark.parametrize(
    "arguments", [(), ("--edition", "GB 1"), ("--tables", str(TABLES / "gb38900-2020.toml"), "--edition", "GB 1")]
)
def test_an_edition_that_nobody_knows_is_refused_with_those_there_are(
    kept: Kept, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(kept, "rejudge", *arguments) == 2
    assert "GB 38900-2020" in capsys.readouterr().err


def test_samples_that_are_gone_are_reported_with_the_reason(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    run_of_axle = kept.visits[1].attempts[0].items[3].service_brake
    assert run_of_axle is not None
    digest = run_of_axle.curve_digest
    path = kept.blobs / digest[:2] / digest[2:]
    content = path.read_bytes()
    path.unlink()
    try:
        assert run(kept, "rejudge", "--edition", "GB 38900-2020") == 0
        assert (
            f"visit-2 #1 B1: The raw data of item B1 are not here any more. SHA-256 {digest[:16]}"
            in capsys.readouterr().out
        )
        assert run(kept, "explain", "visit-2", "B1") == 0
        assert "IT CANNOT BE COMPUTED AGAIN" in capsys.readouterr().out
    finally:
        path.write_bytes(content)
