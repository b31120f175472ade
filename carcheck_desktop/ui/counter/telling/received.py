"""What a clerk types or a scanner reads into the one field of the paying page; pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.money import fen_of

SHORTEST_CODE, LONGEST_CODE = 16, 24
"""No sum has so many digits, and every payment code has."""


class Given(StrEnum):
    """What stands in the field."""

    EXACT = "exact"
    """Nothing: the exact sum in cash."""
    CASH = "cash"
    SHORT = "short"
    """Less than what is due."""
    MUCH = "much"
    """So much more than what is due that it is taken for a slip."""
    CODE = "code"
    NO_SUM = "no_sum"


NOT_TAKEN = (Given.SHORT, Given.MUCH, Given.NO_SUM)
"""What is not sent: it is said at the field, whose text is selected to be typed anew."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was given: cash with its change, or a payment code."""

    given: Given
    received_fen: int = 0
    change_fen: int = 0
    code: str = field(default="", repr=False)


def read_received(text: str, due_fen: int, most_change_fen: int | None = None) -> Received:
    """Read the field: empty is the exact sum, sixteen digits and more are a payment code, the rest is a sum in yuan."""
    given = "".join(unicodedata.normalize("NFKC", text).split())
    if not given:
        return Received(Given.EXACT, due_fen)
    if given.isdigit() and SHORTEST_CODE <= len(given) <= LONGEST_CODE:
        return Received(Given.CODE, code=given)
    try:
        fen = fen_of(given)
    except UsageError:
        return Received(Given.NO_SUM)
    if fen < 0:
        return Received(Given.NO_SUM)
    change_fen = fen - due_fen
    if most_change_fen is not None and change_fen > most_change_fen:
        return Received(Given.MUCH, fen, change_fen)
    return Received(Given.CASH if change_fen >= 0 else Given.SHORT, fen, change_fen)
