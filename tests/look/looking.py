"""Looks at one case: opens it, lets the checks see it, keeps its picture."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.gallery import samples
from carcheck_desktop.ui.widgets.notices.toast import Toast
from carcheck_desktop.ui.widgets.picture import save_picture
from tests.look.cases import SIZES, Case
from tests.look.checks import CHECKS
from tests.look.findings import Finding
from tests.look.hearing import listening
from tests.look.sitting import Seen, front, settled
from tests.look.subjects import Subject, dress, subjects

LIGHT_CONTRAST, DARK_CONTRAST = 4.5, 7.0


@dataclass(frozen=True)
class Looked:
    """One case after it was looked at."""

    case: Case
    findings: list[Finding]
    seconds: float


def opened(subject: Subject, case: Case) -> QWidget:
    """Open a subject as the case wants it."""
    window = subject.open(case.language)
    width, height = SIZES[case.size].logical
    window.resize(width, height)
    dress(window, case)
    window.show()
    subject.settle(window)
    dress(window, case)
    if subject.is_page:
        # a page is as long as it is: its window scrolls
        tall = max(window.heightForWidth(width), window.minimumSizeHint().height(), window.sizeHint().height())
        window.resize(QSize(width, max(height, tall)))
    subject.settle(window)
    for toast in window.findChildren(Toast):
        # a notice that goes by itself would take a control away from under the checks
        toast._timer.stop()
    return window


@contextmanager
def lasting_notices() -> Iterator[None]:
    """Let no notice go by itself while it is looked at: a slow machine would lose the part under its hands."""
    with mock.patch.object(Toast, "_tick", return_value=None):
        yield


def closed(window: QWidget) -> None:
    """Close a window and let Qt forget it."""
    window.close()
    window.deleteLater()
    settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settled()


def look_at(case: Case, checks: Iterable[str] = CHECKS, folder: Path | None = None) -> Looked:
    """Look at a case with some of the checks; its picture goes to the folder."""
    started = time.monotonic()
    subject = subjects()[case.subject]
    width, height = SIZES[case.size].logical
    with listening() as heard, lasting_notices():
        window = opened(subject, case)
        target = front(window)
        heard.take_typed(window)
        if subject.is_page:
            heard.strings.update(samples.data())
        seen = Seen(
            target,
            case.language,
            heard,
            LIGHT_CONTRAST if case.theme == "light" else DARK_CONTRAST,
            subject.least_text_px(case),
            lambda: opened(subject, case),
            (width, 1 << 20) if subject.is_page else (width, height),
            is_live=not subject.is_page,
        )
        if folder is not None:
            save_picture(window, folder / f"{case.name}.png")
        findings = [finding for name in checks for finding in CHECKS[name](seen)]
        closed(window)
    return Looked(case, sorted(set(findings)), time.monotonic() - started)
