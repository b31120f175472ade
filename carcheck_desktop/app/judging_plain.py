"""The result of a judged record as plain data (for JSON) and as lines for people; every number stays an exact Decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.explain import explain, explain_computed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.verdicts import Computed, VerdictCard
    from carcheck_desktop.standards.records.judging import Judged, RecordResult

PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
BOUNDS = ("low", "high", "allowed_percent", "allowed_absolute")
"""Figures of a limit that has two; a card keeps them among its inputs."""


def result_of(result: RecordResult, words: Catalogue) -> dict[str, Any]:
    """Return everything one record came to."""
    record, conclusion = result.record, result.conclusion
    return {
        "id": record.id,
        "date": record.on.isoformat(),
        "inspection": record.inspection,
        "editions": [
            {
                "family": each.family.name,
                "edition": each.edition,
                "table_hash": each.table_hash,
                **({} if each.is_in_force(record.on) else {"edition_outside_its_days": True}),
            }
            for each in result.editions
        ],
        "results": [_measurement(each, words) for each in result.judged],
        "conclusion": {
            "outcome": conclusion.outcome.value,
            "failed": [_named(card, words) for card in conclusion.failed],
            "invalid": [_named(card, words) for card in conclusion.invalid],
            "not_judged": [_named(card, words) for card in conclusion.not_judged],
            "reminders": [_named(card, words) for card in conclusion.reminders],
        },
    }


def failure_of(name: str, problem: Problem, words: Catalogue) -> dict[str, Any]:
    """Return the entry of a record that cannot be used: what, where, and what to do."""
    cause, evidence, next_step = words.lines(problem)
    return {
        "id": name,
        "error": {
            "code": problem.code,
            "field": problem.params.get("field", ""),
            "cause": cause,
            "evidence": evidence,
            "next": next_step,
        },
    }


def card_of(card: VerdictCard, words: Catalogue) -> dict[str, Any]:
    """Return a verdict card with its derivation in words."""
    inputs = {name: _value(text) for name, text in card.inputs.items()}
    return {
        "quantity": card.quantity.value,
        "item": card.item,
        "place": card.inputs.get("place"),
        "exact": card.exact,
        "rounded": card.rounded,
        "unit": card.unit,
        "limit": card.limit,
        "comparison": card.comparison,
        **{name: inputs.pop(name) for name in BOUNDS if name in inputs},
        "margin": card.margin,
        "outcome": card.outcome.value,
        "counts": card.counts,
        "rule": card.rule,
        "source": card.source,
        "edition": card.edition,
        "confidence": card.confidence.value,
        "doubtful": card.doubtful,
        "reason": None if card.reason is None else words.text(card.reason),
        "reason_code": None if card.reason is None else card.reason.code,
        "inputs": inputs,
        "explanation": [words.text(line) for line in explain(card)],
    }


def text_lines(result: Mapping[str, Any], words: Catalogue) -> Iterator[str]:
    """Yield one record's result for people: the outcome, then each value with its derivation; no sign that steers a terminal."""
    for line in _lines(result, words):
        yield "".join(each for each in line if each.isprintable())


def _lines(result: Mapping[str, Any], words: Catalogue) -> Iterator[str]:
    error = result.get("error")
    if error is not None:
        yield f"{result['id']}: {error['cause']} {error['evidence']} {error['next']}"
        return
    yield f"{result['id']}  {result['date']}: {_outcome(result['conclusion']['outcome'], words)}"
    for measured in result["results"]:
        yield f"  {measured['kind']}"
        for number in measured["computed"]:
            yield f"    {_quantity(number['quantity'], words)}: {_figure(number['rounded'], number['unit'])}"
            yield from (f"      {line}" for line in number["explanation"])
        for card in measured["cards"]:
            yield (
                f"    {card['item']} {_quantity(card['quantity'], words)}: {_figure(card['rounded'], card['unit'])} "
                f"{_outcome(card['outcome'], words)}"
            )
            yield from (f"      {line}" for line in card["explanation"])


def _measurement(judged: Judged, words: Catalogue) -> dict[str, Any]:
    return {
        "kind": judged.kind,
        "computed": [_computed(each, words) for each in judged.judgement.computed],
        "cards": [card_of(card, words) for card in judged.judgement.cards],
    }


def _computed(number: Computed, words: Catalogue) -> dict[str, Any]:
    return {
        "quantity": number.quantity.value,
        "exact": number.exact,
        "rounded": number.rounded,
        "unit": number.unit,
        "inputs": {name: _value(text) for name, text in number.inputs.items()},
        "explanation": [words.text(line) for line in explain_computed(number)],
    }


def _named(card: VerdictCard, words: Catalogue) -> dict[str, Any]:
    reason = None if card.reason is None else words.text(card.reason)
    return {"item": card.item, "quantity": card.quantity.value, "reason": reason}


def _value(text: str) -> str | Decimal:
    """Return an input as a number where it is written as one; codes such as 03 stay text."""
    return Decimal(text) if PLAIN_NUMBER.fullmatch(text) else text


def _figure(value: Decimal | None, unit: str) -> str:
    return "-" if value is None else f"{value:f} {unit}".strip()


def _quantity(name: str, words: Catalogue) -> str:
    return words.text(word(Quantity(name)))


def _outcome(name: str, words: Catalogue) -> str:
    return words.text(word(Outcome(name)))
