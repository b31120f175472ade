"""The folds of a visit's small machines, one file each: (visit, entry) -> visit, pure.

Each takes only the facts of its own machine and leaves the visit be at any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from carcheck_desktop.domain.folding.custody import fold_custody
from carcheck_desktop.domain.folding.ending import fold_ending, fold_insurance
from carcheck_desktop.domain.folding.papers import fold_papers
from carcheck_desktop.domain.folding.payment import fold_payment
from carcheck_desktop.domain.folding.signing import fold_signing

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView

Fold = Callable[["VisitView", "Entry"], "VisitView"]

MACHINES: tuple[Fold, ...] = (fold_custody, fold_signing, fold_payment, fold_insurance, fold_ending, fold_papers)
"""Every machine of a visit; their order means nothing."""
