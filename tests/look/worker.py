"""One process of the harness: cases of one screen scale come on standard input, what was seen goes out line by line.

The scale of a screen belongs to a process (QT_SCALE_FACTOR), so each has processes of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.theme.apply import set_up
from tests.look.cases import Case
from tests.look.checks import CHECKS
from tests.look.looking import look_at


def _quiet(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    # the offscreen platform says so of every window
    if text and "does not support" not in text:
        sys.stderr.write(f"Qt {kind.name}: {text}\n")


def main() -> int:
    """Look at each case and say what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path)
    folder = parser.parse_args().out
    qInstallMessageHandler(_quiet)
    app = QApplication(sys.argv[:1])
    set_up(app)
    for line in sys.stdin:
        wanted = json.loads(line)
        checks = [name for name in CHECKS if name not in wanted["without"]]
        looked = look_at(Case(*wanted["case"]), checks, folder)
        findings = [astuple(finding) for finding in looked.findings]
        said = {"case": list(looked.case.parts), "findings": findings, "seconds": round(looked.seconds, 3)}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
