"""Samples of the facts of the print ledger."""

from __future__ import annotations

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.documents import DocumentKind

PROBLEM = Problem("printing.spool.paper_out", {"printer": "pickup"})

PAPER_SAMPLES: tuple[f.Fact, ...] = (
    f.PaperQueued("visit-1", "paper-1", DocumentKind.REPORT, "R000017", "ab" * 32, "pickup", 2, "paper-0"),
    f.PaperPrinting("visit-1", "paper-1", "pickup-2"),
    f.PaperWaits("visit-1", "paper-1", "pickup-2", PROBLEM, begun=True),
    f.PaperPrinted("visit-1", "paper-1", "pickup-2"),
    f.PaperInDoubt("visit-1", "paper-1", "pickup-2", PROBLEM),
    f.PaperAnswered("visit-1", "paper-1", came_out=False),
    f.PaperFailed("visit-1", "paper-1", PROBLEM),
    f.PaperVoided("visit-1", "paper-1", 4, "字迹不清"),
)
