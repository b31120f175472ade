"""Signs and short texts as the forms have them: ○ × —, results, and limits such as "≥60", "-5~5", "±3%或±500KG"."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Comparison, Outcome
from carcheck_desktop.standards.forms.given import ManualResult
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.verdicts import VerdictCard

NOTHING = "—"
"""Not tested, not asked, or not judged."""
UNITS = {Unit.KILOGRAM.value: "KG", Unit.MILLIMETRE.value: "MM"}
COMPARISONS = {each: each.sign for each in Comparison}


class Sign(StrEnum):
    """合格, 不合格, and what was not judged; something that was not tested or does not count never has the sign of a pass."""

    PASS = "○"  # noqa: S105 - a sign on paper
    FAIL = "×"
    NONE = NOTHING


OF_OUTCOMES = {Outcome.PASS: Sign.PASS, Outcome.FAIL: Sign.FAIL}
OF_RESULTS = {ManualResult.PASS: Sign.PASS, ManualResult.FAIL: Sign.FAIL}


def sign_of(cards: Iterable[VerdictCard]) -> Sign:
    """Return the sign of all cards together: one fail fails, anything not judged or invalid leaves it open."""
    found = [OF_OUTCOMES.get(card.outcome, Sign.NONE) for card in cards if card.counts]
    if Sign.FAIL in found:
        return Sign.FAIL
    return Sign.PASS if found and Sign.NONE not in found else Sign.NONE


def sign_of_result(result: ManualResult | None) -> Sign:
    """Return the sign of what an inspector found."""
    return Sign.NONE if result is None else OF_RESULTS.get(result, Sign.NONE)


def value_text(card: VerdictCard) -> str:
    """Return the value that was judged, as it was rounded."""
    return NOTHING if card.rounded is None else f"{card.rounded:f}"


def limit_text(card: VerdictCard) -> str:
    """Return the limit as the report has it."""
    given = card.inputs
    if "allowed_percent" in given and "allowed_absolute" in given:
        unit = UNITS.get(card.unit, card.unit)
        return f"±{given['allowed_percent']}%或±{given['allowed_absolute']}{unit}"
    if "low" in given and "high" in given:
        return f"{given['low']}~{given['high']}"
    if card.limit is None or card.comparison is None:
        return NOTHING
    return f"{COMPARISONS[card.comparison]}{plain(card.limit)}"
