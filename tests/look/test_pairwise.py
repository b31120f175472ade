"""Every window and gallery page, in a choice of cases in which every two factors meet, has no finding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.look import report
from tests.look.__main__ import main
from tests.look.cases import small_choice
from tests.look.running import run
from tests.look.subjects import all_cases

JOBS = 2
LIMIT_S = 900
"""What a busy machine may take; two idle cores take a fifth of it."""


@pytest.mark.timeout(LIMIT_S)
def test_every_window_and_page_is_looked_at_and_nothing_is_found() -> None:
    cases = small_choice(all_cases())
    results = run(cases, min(JOBS, os.cpu_count() or 1))
    assert {result.case for result in results} == set(cases)
    assert report.lines(results) == []


def test_one_command_looks_at_what_is_named_and_keeps_pictures_and_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ["--only", "control_connecting", "--lang", "zh_CN", "--size", "1920x1080@125", "--theme", "light"]
    code = main([*only, "--jobs", "1", "--out", str(tmp_path)])
    said = capsys.readouterr().out
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {"control_connecting-zh_CN-1920x1080@125-light.png", "report.json", "report.txt"}
    assert "1 pictures" in said
    assert code in (0, 1)
    assert main(["--only", "no such window"]) == 2


def test_a_scale_of_125_percent_is_rendered_in_true_pixels(tmp_path: Path) -> None:
    from PySide6.QtGui import QImageReader

    case = next(case for case in all_cases() if case.size == "1920x1080@125" and case.subject == "control_idle")
    run([case], 1, tmp_path)
    size = QImageReader(str(tmp_path / f"{case.name}.png")).size()
    assert (size.width(), size.height()) == (1920, 1080)
