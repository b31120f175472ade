"""A plan as plain data (for JSON) and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.cycle.dates import mark_only, on_line
from carcheck_desktop.standards.cycle.records import afterwards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.standards.cycle.dates import Cycle
    from carcheck_desktop.standards.planning.entries import Choice, Entry, InspectionPlan, Photo, Spared, Unanswered
    from carcheck_desktop.standards.planning.platform import Difference


def plan_of(plan: InspectionPlan, differences: Sequence[Difference], words: Sequence[Catalogue]) -> dict[str, Any]:
    """Return everything of a plan; every text stands once for each language, by the language's name."""
    return {
        "date": plan.on.isoformat(),
        "inspection": plan.inspection.value,
        "group": None if plan.group is None else plan.group.value,
        "items": [_entry(each, words) for each in plan.entries],
        "not_asked": [_spared(each, words) for each in plan.spared],
        "photos": [_photo(each) for each in plan.photos],
        "loaded_axles": _loaded(plan, words),
        "tester": _choice(plan.tester, "tests", words),
        "emission": _choice(plan.emission, "methods", words),
        "cycle": _cycle(plan.cycle, words),
        "differences": [_differing(each, words) for each in differences],
        "unanswered": [_unanswered(each, words) for each in plan.unanswered],
        "editions": dict(plan.editions),
    }


def text_lines(result: Mapping[str, Any], words: Catalogue) -> Iterator[str]:
    """Yield one record's plan for people, in the language of `words`."""
    error = result.get("error")
    if error is not None:
        yield f"{result['id']}: {error['cause']} {error['evidence']} {error['next']}"
    if "items" not in result:
        return
    yield f"{result['id']}  {result['date']}"
    for each in result["items"]:
        yield f"  {each['code']:<3} {each['number'] or '':>2} {each['name'][words.language]}{_doubt(each, words)}"
        yield from (f"         {line}" for line in each["reasons"][words.language])
    for each in result["not_asked"]:
        yield f"  -   {each['number'] or '':>2} {each['name'][words.language]}{_doubt(each, words)}"
        yield from (f"         {line}" for line in each["reasons"][words.language])
    for part in ("loaded_axles", "tester", "emission"):
        chosen = result[part]
        if chosen is not None:
            shown = chosen.get("axles", chosen.get("tests", chosen.get("methods")))
            yield f"  {part}: {', '.join(str(each) for each in shown) or '-'}"
            yield from (f"         {line}" for line in chosen["reasons"][words.language])
    if result["cycle"] is not None:
        due = ", ".join(result["cycle"]["on_line_due"])
        yield f"  cycle (expected): {due}; {result['cycle']['afterwards']}; {result['cycle']['next_valid_until']}"
        yield from (f"         {line}" for line in result["cycle"]["reasons"][words.language])
    yield from (f"  {each['said'][words.language]}" for each in result["differences"])


def _doubt(each: Mapping[str, Any], words: Catalogue) -> str:
    """Return how well it is known, where that is not well."""
    return f" ({words.text(word(Confidence(each['confidence'])))})" if each["doubtful"] else ""


def _entry(entry: Entry, words: Sequence[Catalogue]) -> dict[str, Any]:
    return {
        "item": entry.name,
        "code": entry.code,
        "number": entry.number or None,
        "name": _name(entry.name, entry.code, words),
        "field": entry.field,
        "part": entry.stage.value,
        "axle": entry.axle or None,
        "asked": entry.asked.value,
        "purposes": [each.value for each in entry.purposes],
        "photos": list(entry.photos),
        "reasons": _texts(entry.reasons, words),
        "confidence": entry.confidence.value,
        "doubtful": entry.confidence is not Confidence.SOURCED,
        "source": entry.source,
    }


def _spared(spared: Spared, words: Sequence[Catalogue]) -> dict[str, Any]:
    return {
        "item": spared.name,
        "code": spared.code,
        "number": spared.number or None,
        "name": _name(spared.name, spared.code, words),
        "part": spared.stage.value,
        "reasons": _texts(spared.reasons, words),
        "confidence": spared.confidence.value,
        "doubtful": spared.confidence is not Confidence.SOURCED,
    }


def _photo(photo: Photo) -> dict[str, Any]:
    return {"code": photo.code, "items": list(photo.items), "asked": photo.asked.value}


def _loaded(plan: InspectionPlan, words: Sequence[Catalogue]) -> dict[str, Any] | None:
    if plan.loaded_axles is None:
        return None
    return {
        "axles": list(plan.loaded_axles),
        "reasons": _texts(plan.loaded_reasons, words),
        "spared": _texts(plan.unloaded_reasons, words),
    }


def _choice(choice: Choice | None, key: str, words: Sequence[Catalogue]) -> dict[str, Any] | None:
    if choice is None:
        return None
    return {
        key: list(choice.words),
        "reasons": _texts(choice.reasons, words),
        "notes": _texts(choice.notes, words),
        "confidence": choice.confidence.value,
    }


def _cycle(cycle: Cycle | None, words: Sequence[Catalogue]) -> dict[str, Any] | None:
    """Return the expected dates; months as 2024-03."""
    if cycle is None:
        return None
    return {
        "status": "expected",
        "group": cycle.group.value,
        "on_line_due": [_month(each.until) for each in cycle.on_line],
        "mark_only_due": [_month(each.until) for each in cycle.mark_only],
        "afterwards": afterwards(cycle.rule),
        "on_line_due_as_it_was": [_month(each.until) for each in on_line(cycle.dues_as_it_was)],
        "mark_only_due_as_it_was": [_month(each.until) for each in mark_only(cycle.dues_as_it_was)],
        "valid_until": cycle.valid_until.isoformat(),
        "next_inspection": "on_line" if cycle.is_next_on_line else "mark_only",
        "opens_on": cycle.opens_on.isoformat(),
        "opens_by_day": cycle.opens_by_day.isoformat(),
        "next_valid_until": cycle.next_valid_until.isoformat(),
        "is_overdue": cycle.is_overdue,
        "is_too_early": cycle.is_too_early,
        "reasons": _texts(cycle.reasons, words),
        "confidence": cycle.confidence.value,
    }


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _differing(difference: Difference, words: Sequence[Catalogue]) -> dict[str, Any]:
    return {
        "item": difference.name,
        "code": difference.code,
        "number": difference.number or None,
        "only": "platform" if difference.by_platform else "tables",
        "said": {each.language: each.text(difference.message) for each in words},
    }


def _unanswered(part: Unanswered, words: Sequence[Catalogue]) -> dict[str, Any]:
    return {
        "part": part.part,
        "code": part.problem.code,
        "field": part.problem.params.get("field", ""),
        "said": {each.language: " ".join(each.lines(part.problem)[:2]) for each in words},
    }


def _name(name: str, code: str, words: Sequence[Catalogue]) -> dict[str, str]:
    """Return what an item is called; one that only the platform knows is called by its code."""
    if not name:
        return {each.language: code for each in words}
    return {each.language: each.text(Message(f"standards.item.{name}")) for each in words}


def _texts(messages: Iterable[Message], words: Sequence[Catalogue]) -> dict[str, list[str]]:
    said = tuple(messages)
    return {each.language: [each.text(message) for message in said] for each in words}
