"""Two cards of the same quantity field by field; pure."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.explained import FieldDifference
from carcheck_desktop.domain.verdicts import VerdictCard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INPUTS = "inputs"
NAMES = tuple(each.name for each in fields(VerdictCard))


def differences(stored: Sequence[VerdictCard], again: Sequence[VerdictCard]) -> tuple[FieldDifference, ...]:
    """Return every field in which the cards of an item are not as they were stored, in the order of the stored ones."""
    now = {card.quantity: card for card in again}
    before = {card.quantity: card for card in stored}
    found: list[FieldDifference] = []
    for card in stored:
        other = now.get(card.quantity)
        found += _card(card, other) if other is not None else [FieldDifference(card.quantity, "card", _shown(card), "")]
    found += [FieldDifference(each.quantity, "card", "", _shown(each)) for each in again if each.quantity not in before]
    return tuple(found)


def _card(stored: VerdictCard, again: VerdictCard) -> Iterator[FieldDifference]:
    for name in NAMES:
        one, other = getattr(stored, name), getattr(again, name)
        if name == INPUTS:
            for key in dict.fromkeys((*stored.inputs, *again.inputs)):
                if stored.inputs.get(key) != again.inputs.get(key):
                    yield FieldDifference(
                        stored.quantity, f"{INPUTS}.{key}", stored.inputs.get(key, ""), again.inputs.get(key, "")
                    )
        elif one != other:
            yield FieldDifference(stored.quantity, name, _text(one), _text(other))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, StrEnum):
        return value.value
    return value.code if isinstance(value, Message) else str(value)


def _shown(card: VerdictCard) -> str:
    return f"{card.outcome.value} {_text(card.rounded)}".strip()
