"""Numbers as people type them: `1,5`, `１２`, `1 500`, `1,500 kg`; what is wrong with one; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.ui.widgets.forms.reading.typed import is_digits, plain

MOST_DIGITS = 15
_SHAPE = re.compile(r"([+-]?)(\d[\d., ']*|[.,]\d+)")
_GROUPED = re.compile(r"\d{1,3}(?:([,. '])\d{3})(?:\1\d{3})*")


class NumberFault(StrEnum):
    """Why what was typed cannot be taken."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    AMBIGUOUS = "ambiguous"
    """`1,500` where decimals are allowed: one and a half, or fifteen hundred?"""
    TOO_FINE = "too_fine"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class NumberRule:
    """What a number may be: `least` to `most` in `unit`, with at most `places` decimals."""

    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    places: int = 0


@dataclass(frozen=True, slots=True)
class NumberReading:
    """The number that was typed, or the fault; of a number out of range both."""

    value: Decimal | None
    fault: NumberFault | None = None


def read_number(text: str, rule: NumberRule) -> NumberReading:
    """Read a number, with or without its unit behind it."""
    typed = _without_unit(plain(text), rule.unit)
    if not typed:
        return NumberReading(None, NumberFault.EMPTY)
    match = _SHAPE.fullmatch(typed)
    if match is None or not typed.isascii():
        return NumberReading(None, NumberFault.NO_NUMBER)
    digits = _digits(match[2].strip(), rule.places)
    if isinstance(digits, NumberFault):
        return NumberReading(None, digits)
    value = Decimal(digits) * (-1 if match[1] == "-" else 1)
    return NumberReading(value, _fault(value, rule))


def _without_unit(typed: str, unit: str) -> str:
    ending = plain(unit).lower()
    return typed[: -len(ending)].rstrip() if ending and typed.lower().endswith(ending) else typed


def _digits(body: str, places: int) -> str | NumberFault:
    """Return digits with a full stop before the decimals."""
    marks = {mark for mark in body if not mark.isdigit()}
    if not marks:
        return _bounded(body)
    grouped = _GROUPED.fullmatch(body)
    if grouped is not None:
        whole = body.replace(grouped[1], "")
        # one comma with three digits behind it: thousands where there are no decimals
        is_clear = places == 0 or grouped[1] in " '" or body.count(grouped[1]) > 1
        if is_clear and not (grouped[1] == "." and body.count(".") == 1):
            return _bounded(whole)
        if grouped[1] == ",":
            return NumberFault.AMBIGUOUS
    return _with_decimals(body)


def _with_decimals(body: str) -> str | NumberFault:
    """Return the digits of a body whose last mark, a comma or a full stop, stands before the decimals."""
    at = max(body.rfind("."), body.rfind(","))
    whole, decimals = body[:at], body[at + 1 :]
    if at < 0 or not is_digits(decimals):
        return NumberFault.NO_NUMBER
    if not (whole == "" or is_digits(whole)):
        grouped = _GROUPED.fullmatch(whole)
        if grouped is None or grouped[1] == body[at]:
            return NumberFault.NO_NUMBER
        whole = whole.replace(grouped[1], "")
    return _bounded(f"{whole or '0'}.{decimals}")


def _bounded(digits: str) -> str | NumberFault:
    return digits if len(digits) <= MOST_DIGITS else NumberFault.NO_NUMBER


def _fault(value: Decimal, rule: NumberRule) -> NumberFault | None:
    if value != round(value, rule.places):
        return NumberFault.TOO_FINE
    if rule.least is not None and value < rule.least:
        return NumberFault.TOO_SMALL
    if rule.most is not None and value > rule.most:
        return NumberFault.TOO_LARGE
    return None
