"""What `explain` and `rejudge` found, as lines for people and as plain data; every number stays an exact Decimal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.messages import Message, params_of, word
from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.domain.verdicts import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.app.verdicts import Tally
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.desk.verdicts.changing import Change, Judged, NotJudged, VisitAgain
    from carcheck_desktop.domain.explained import Drawing, ExplainedCard, UnderEdition, VerdictView
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.loading.edition import Edition

SIGNS_OF_A_HASH = 16


def view_of(view: VerdictView, words: Catalogue) -> dict[str, Any]:
    """Return everything that explains an item."""
    return {
        "visit": view.visit_id,
        "plate": view.plate,
        "item": view.item,
        "attempt": view.attempt,
        "attempts": view.attempts,
        "date": view.judged_on.isoformat(),
        "origin": view.origin,
        "outcome": view.outcome,
        "stored": [_card(each, words) for each in view.stored],
        "recomputed": _under(view.again, words),
        "same": view.again.problem is None and not view.differences,
        "differences": [
            {"quantity": each.quantity, "field": each.field, "stored": each.stored, "recomputed": each.again}
            for each in view.differences
        ],
        "measured": view.measured,
        "raw": None if view.drawing is None else _raw(view.drawing),
        "other_editions": [_under(each, words) for each in view.others],
        "editions": view.editions,
    }


def view_lines(view: VerdictView, words: Catalogue) -> Iterator[str]:
    """Yield the derivation for people: what was measured, each card with its numbers, what is otherwise now or elsewhere."""

    def said(code: str, **params: object) -> str:
        return words.text(Message(code, params_of(params)))

    name = said("cli.explain.whole") if view.kind is None else words.text(word(view.kind))
    yield said("cli.explain.head", plate=view.plate, item=view.item, name=name, on=view.judged_on.isoformat())
    at = view.finished_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if view.finished_at is not None else "-"
    others = ", ".join(str(each) for each in view.attempts if each != view.attempt) or "-"
    yield said("cli.explain.place", visit=view.visit_id, attempt=view.attempt, others=others, at=at)
    if view.origin is Origin.SIMULATOR:
        yield said("cli.explain.simulated")
    if view.measured:
        yield said(
            "cli.explain.measured", given=", ".join(f"{name} = {value}" for name, value in view.measured.items())
        )
    if view.drawing is not None:
        drawn = view.drawing
        yield said("cli.explain.samples", samples=drawn.samples, lost=drawn.lost)
    for each in view.stored:
        yield from _card_lines(each, words)
    yield from _again_lines(view, words)
    for other in view.others:
        yield from _other_lines(view, other, words)


def _other_lines(view: VerdictView, other: UnderEdition, words: Catalogue) -> Iterator[str]:
    yield ""
    told = params_of({"edition": other.edition, "hash": other.table_hash[:SIGNS_OF_A_HASH]})
    yield words.text(Message("cli.explain.under", told))
    if other.judged_as_on is not None:
        days = {"on": view.judged_on.isoformat(), "day": other.judged_as_on.isoformat()}
        yield words.text(Message("cli.explain.as_on", params_of(days)))
    if other.problem is not None:
        yield from _problem_lines(other.problem, words)
    for each in other.cards:
        yield from _card_lines(each, words)


def _again_lines(view: VerdictView, words: Catalogue) -> Iterator[str]:
    yield ""
    again = view.again
    if again.problem is not None:
        yield words.text(Message("cli.explain.not_again" if view.stored else "cli.explain.no_card"))
        yield from _problem_lines(again.problem, words)
        return
    if not view.differences:
        params = params_of({"edition": again.edition, "hash": again.table_hash})
        yield words.text(Message("cli.explain.same", params))
        return
    yield words.text(Message("cli.explain.differs", {"count": len(view.differences)}))
    for each in view.differences:
        params = {"quantity": words.text(word(each.quantity)), "field": each.field}
        params |= {"stored": each.stored or "-", "again": each.again or "-"}
        yield "  " + words.text(Message("cli.explain.difference", params_of(params)))


def _problem_lines(problem: Problem, words: Catalogue) -> Iterator[str]:
    yield from (f"  {line}" for line in words.lines(problem) if line)


def _card_lines(each: ExplainedCard, words: Catalogue) -> Iterator[str]:
    card = each.card
    value = "-" if card.rounded is None else f"{card.rounded:f} {behind(card.unit)}".strip()
    yield f"  {words.text(word(card.quantity))}: {value}  {words.text(word(card.outcome))}"
    for name, text in card.inputs.items():
        if text:
            yield f"      {name} = {text}"
    yield from (f"    {words.text(line)}" for line in each.lines)


def _card(each: ExplainedCard, words: Catalogue) -> dict[str, Any]:
    from carcheck_desktop.app.judging_plain import card_of

    card: VerdictCard = each.card
    return {**card_of(card, words), "table_hash": card.table_hash}


def _under(under: UnderEdition, words: Catalogue) -> dict[str, Any]:
    return {
        "edition": under.edition,
        "table_hash": under.table_hash,
        "judged_as_on": None if under.judged_as_on is None else under.judged_as_on.isoformat(),
        "cards": [_card(each, words) for each in under.cards],
        "error": None if under.problem is None else _error(under.problem, words),
    }


def _raw(drawn: Drawing) -> dict[str, Any]:
    return {
        "samples": drawn.samples,
        "lost": drawn.lost,
        "interval_ms": drawn.interval_ms,
        "limits": [
            {"quantity": each.quantity, "line": each.line, "comparison": each.comparison, "value": each.value}
            for each in drawn.limits
        ],
        "moments": [{"name": each.name, "at_s": each.at_s, "quantity": each.quantity} for each in drawn.marks],
    }


def _error(problem: Problem, words: Catalogue) -> dict[str, Any]:
    cause, evidence, next_step = words.lines(problem)
    return {"code": problem.code, "cause": cause, "evidence": evidence, "next": next_step}


# -- re-judging ------------------------------------------------------------------------------------


def changes_of(found: VisitAgain, words: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield an entry for each verdict of a visit that would be another, and for each that could not be judged."""
    for each in found.changes:
        yield {
            "visit": each.visit_id,
            "attempt": each.attempt,
            "item": each.item,
            "quantity": each.quantity,
            "unit": each.unit,
            "old": _judged(each.old),
            "new": _judged(each.new),
        }
    for failed in found.not_judged:
        place = {"visit": failed.visit_id, "attempt": failed.attempt, "item": failed.item}
        yield {**place, "error": _error(failed.problem, words)}


def change_lines(found: VisitAgain, words: Catalogue) -> Iterator[str]:
    """Yield a line for people for each of them."""
    for each in found.changes:
        yield _change_line(each, words)
    for failed in found.not_judged:
        yield _failed_line(failed, words)


def tally_of(tally: Tally, edition: Edition) -> dict[str, Any]:
    """Return the counts at the end."""
    return {
        "edition": edition.edition,
        "table_hash": edition.table_hash,
        "family": edition.family.name,
        "visits": tally.visits,
        "items": tally.items,
        "cards": tally.cards,
        "changes": tally.changes,
        "changed_visits": tally.changed_visits,
        "not_judged": tally.not_judged,
        "turns": dict(sorted(tally.by_turn.items())),
    }


def tally_lines(tally: Tally, edition: Edition, words: Catalogue) -> Iterator[str]:
    """Yield the counts for people."""
    told = params_of({"edition": edition.edition, "hash": edition.table_hash[:SIGNS_OF_A_HASH]})
    yield words.text(Message("cli.rejudge.under", told))
    counted = {"visits": tally.visits, "items": tally.items, "cards": tally.cards}
    yield words.text(Message("cli.rejudge.counted", params_of(counted)))
    changed = {"changes": tally.changes, "visits": tally.changed_visits, "not_judged": tally.not_judged}
    yield words.text(Message("cli.rejudge.changed", params_of(changed)))
    for turn, count in sorted(tally.by_turn.items()):
        yield f"  {turn}: {count}"


def _change_line(each: Change, words: Catalogue) -> str:
    name = words.text(Message("cli.rejudge.conclusion") if each.quantity is None else word(each.quantity))
    old, new = _said(each.old, each.unit, words), _said(each.new, each.unit, words)
    return f"{each.visit_id} #{each.attempt} {each.item} {name}: {old} -> {new}"


def _failed_line(failed: NotJudged, words: Catalogue) -> str:
    cause, evidence, _ = words.lines(failed.problem)
    return f"{failed.visit_id} #{failed.attempt} {failed.item}: {cause} {evidence}".strip()


def _said(side: Judged | None, unit: str, words: Catalogue) -> str:
    if side is None:
        return "-"
    outcome = words.text(word(Outcome(side.outcome)))
    if side.rounded is None:
        return outcome
    limit = "" if side.limit is None or side.comparison is None else f" ({side.comparison.value} {side.limit:f})"
    return f"{side.rounded:f} {behind(unit)}{limit} {outcome}".replace("  ", " ")


def _judged(side: Judged | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "outcome": side.outcome,
        "rounded": side.rounded,
        "limit": side.limit,
        "comparison": side.comparison,
        "edition": side.edition,
    }
