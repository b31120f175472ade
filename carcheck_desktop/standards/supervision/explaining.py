"""Flags of supervision as derivations: what was found in each report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.verdicts import VerdictCard


def _flags(card: VerdictCard) -> list[Message]:
    lines = []
    for name in card.inputs["reports"].split(", "):
        found = card.inputs.get(name, "")
        lines.append(Message("standards.explain.supervision.flag", {"report": name, "found": found}))
    return lines


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {Quantity.FLAGGED_REPORTS: _flags}
"""What explains a card of a rule."""
