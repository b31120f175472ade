"""Which reports are flagged by which rule. A flag is no verdict: it is a reason to look, and no conclusion rests on it."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, computed, not_judged
from carcheck_desktop.standards.families.equipment import RULES
from carcheck_desktop.standards.families.equipment_axes import Active
from carcheck_desktop.standards.rounding import cut
from carcheck_desktop.standards.supervision.comparing import COMPARING
from carcheck_desktop.standards.supervision.rules import BY_REPORT

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.supervision.reports import Report, Supervision

ITEM = "supervision"


def judge_supervision(case: Case, record: Supervision) -> Judgement:
    """Return a card that does not count for each rule that found something, and how many reports were flagged in all.

    A card's inputs name the reports, and under each report's name what was found in it.
    Raises `DataError` for reports without a name of their own, and for series that do not fit each other.
    """
    _check(record)
    found = {rule: flags for rule in RULES if (flags := flagged(case, record, rule))}
    cards = tuple(_card(case, rule, flags) for rule, flags in found.items())
    by_report: dict[str, list[str]] = {}
    for rule, flags in found.items():
        for name in flags:
            by_report.setdefault(name, []).append(rule)
    inputs = {each.report: ", ".join(by_report[each.report]) for each in record.reports if each.report in by_report}
    count = computed(case, Quantity.FLAGGED_REPORTS, Fraction(len(inputs)), inputs)
    return Judgement(cards, (count,))


def flagged(case: Case, record: Supervision, rule: str) -> dict[str, str]:
    """Return what one rule found, by the names of the reports; nothing where the rule is switched off."""
    if case.choice(f"rule_{rule}") == Active.OFF:
        return {}

    def threshold(name: str) -> Decimal:
        return case.constant(f"supervision_{name}")

    if rule in COMPARING:
        return COMPARING[rule](record, threshold)
    found = {each.report: BY_REPORT[rule](each, threshold) for each in record.reports}
    return {name: said for name, said in found.items() if said is not None}


def _card(case: Case, rule: str, flags: dict[str, str]) -> VerdictCard:
    """Return the card of a rule; what it rests on is the row of the rule in the tables."""
    ground = case.edition.settings.at(f"rule_{rule}", case.on).ground
    names = ", ".join(flags)
    reason = Message(f"standards.supervision.{rule}", {"reports": names, "found": next(iter(flags.values()))})
    subject = Subject(ITEM, Quantity.FLAGGED_REPORTS, None, flags | {"rule": rule, "reports": names})
    count = Fraction(len(flags))
    return replace(
        not_judged(case, subject, reason),
        rule=f"rule_{rule}",
        exact=cut(count),
        rounded=case.rounded(Quantity.FLAGGED_REPORTS, count),
        source=ground.shown,
        confidence=ground.confidence,
        counts=False,
    )


def _check(record: Supervision) -> None:
    names: set[str] = set()
    for place, each in enumerate(record.reports):
        if not each.report or each.report in names:
            raise DataError(
                "standards.record.wrong_value", field=f"reports[{place}].report", value=each.report, allowed="1 ×"
            )
        names.add(each.report)
        _check_figures(each, f"reports[{place}]")
    if not names:
        raise DataError("standards.record.missing", field="reports")


def _check_figures(report: Report, place: str) -> None:
    """Refuse figures that nothing measures: none at all, or below zero."""
    for each in fields(report):
        value = getattr(report, each.name)
        for figure in value if isinstance(value, tuple) else (value,):
            if isinstance(figure, Decimal | int) and not (Decimal(figure).is_finite() and figure >= 0):
                raise DataError(
                    "standards.record.wrong_value", field=f"{place}.{each.name}", value=figure, allowed=">= 0"
                )
