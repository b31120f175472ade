"""Writes the documentation of inspection records: `python -m carcheck_desktop.app.judging_docs` (docs/judge.md, docs/judge.schema.json).

Everything on the page comes from the code that reads and judges: fields, codes, settings, and what each example comes to.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.judging_examples import MORE
from carcheck_desktop.app.judging_fields import about, docstring_of, enums_within, fields_of, records_within
from carcheck_desktop.app.judging_figures import figures
from carcheck_desktop.app.judging_file import load_editions, parsed_json
from carcheck_desktop.app.judging_page import ANSWER, HEAD, TITLES, pretty, table
from carcheck_desktop.app.judging_plain import result_of
from carcheck_desktop.app.judging_schema import schema_of
from carcheck_desktop.app.parts import ROOT
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.data import to_exact_json
from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.vehicle import Fuel, InspectionKind, UseCode, VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from carcheck_desktop.standards.explain import explain
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.judging import judge_record
from carcheck_desktop.standards.records.kinds import GROUPS, KINDS
from carcheck_desktop.standards.records.record import PLATFORM_KINDS, RecordFields, read_record
from carcheck_desktop.standards.records.vehicle_types import BY_START
from carcheck_desktop.standards.traits import Traits
from carcheck_desktop.standards.vehicle_checks.beam import BEAMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from enum import StrEnum

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.records.judging import RecordResult
    from carcheck_desktop.standards.records.kind import Kind

PAGE = ROOT / "docs" / "judge.md"
SCHEMA = ROOT / "docs" / "judge.schema.json"
UNROUNDED = frozenset(BEAMS) | {Quantity.LIGHT_TRUCK_MASS}
"""Judged unrounded without being tolerances."""
SHOWN_KIND = "sideslip"
"""The kind whose whole result is printed as an example of the output."""
MOST_LINES = 12
"""Derivations of an example shown; the rest are of the same kinds."""
UNSAID = ("standards.explain.source",)
"""Lines of a derivation that would change with every table file: its hash stands in them."""


class Page:
    """The page being written, with everything its examples came to."""

    def __init__(self, editions: tuple[Edition, ...]) -> None:
        self.editions = editions
        self.english, self.chinese = Catalogue("en"), Catalogue("zh_CN")
        self.examples = {name: (kind.example, *MORE.get(name, ())) for name, kind in KINDS.items()}
        self.results = {name: [self._result(name, each) for each in found] for name, found in self.examples.items()}

    def _result(self, name: str, example: Mapping[str, object]) -> RecordResult:
        data = parsed_json(to_exact_json(example))
        return judge_record(read_record(data, KINDS, date.max, name), self.editions)

    def text(self) -> str:
        """Return the whole page."""
        parts = [
            HEAD,
            ANSWER,
            *self._output(),
            *self._codes(),
            *self._editions(),
            *figures(self.editions),
            *self._index(),
        ]
        for group, kinds in GROUPS.items():
            parts.append(f"## {TITLES[group]}\n")
            for kind in kinds:
                parts += self._kind(kind)
        return "\n".join(parts) + "\n"

    # ------------------------------------------------------------ what every record has

    def _codes(self) -> Iterator[str]:
        yield "## The record\n"
        shown = _field_table(RecordFields).replace("list of number or object", "list of objects")
        yield shown.replace("object `Traits`", "object, see below")
        yield "### The vehicle\n"
        yield "Give what you know; a measurement that needs more names the field. The same table serves `main.py plan`.\n"
        yield _field_table(Traits)
        yield from self._enum("`category`", VehicleCategory)
        yield "`vehicle_type` says the category where `category` is not given (GA/T 16.4, by how the code begins):\n"
        codes = {each: [start for start, of in BY_START.items() if of is each] for each in VehicleCategory}
        rows = [[f"`{each}`", ", ".join(f"`{start}…`" for start in starts)] for each, starts in codes.items() if starts]
        yield table(("category", "codes"), rows)
        for kind in enums_within(Traits):
            if kind is not VehicleCategory:
                yield from self._enum(f"`{_field_of(kind)}`", kind)
        yield from self._enum("`fuel` (one to three letters)", Fuel)
        yield from self._enum("`use_code`", UseCode)
        yield from self._enum("`inspection`", InspectionKind)
        platform = ", ".join(f"`{code}` {kind}" for code, kind in PLATFORM_KINDS.items())
        yield f"Codes of the platform (检验类别 jylb): {platform}; sub-kinds such as `0201` or `0402` as their first two digits.\n"
        yield from self._enum("Outcomes", Outcome)
        yield from self._enum("Confidence of a limit", Confidence)

    def _enum(self, title: str, kind: type[StrEnum]) -> Iterator[str]:
        yield f"{title}:\n"
        yield table(
            ("code", "", ""),
            [
                [
                    f"`{each.value}`",
                    f"{self.english.text(word(each))} · {self.chinese.text(word(each))}",
                    docstring_of(each),
                ]
                for each in kind
            ],
        )

    def _editions(self) -> Iterator[str]:
        yield "## Editions and settings\n"
        yield "Of the editions of a family the newest that is in force on the day judges; `edition` asks for another.\n"
        rows = [
            [each.family.name, f"`{each.edition}`", each.title, str(each.valid_from), str(each.valid_until or "")]
            for each in sorted(self.editions, key=lambda each: (each.family.name, each.valid_from))
        ]
        yield table(("family", "edition", "", "from", "until"), rows)
        yield "`settings` chooses between readings of a standard; without it the tables' own choice holds:\n"
        rows = [
            [edition.edition, f"`{row.key}`", ", ".join(f"`{each}`" for each in edition.family.settings[row.key]),
             f"`{row.value}`", row.ground.note]
            for edition in sorted(self.editions, key=lambda each: (each.family.name, each.valid_from))
            for row in edition.settings.all()
        ]  # fmt: skip
        yield table(("edition", "setting", "words", "chosen", "why"), rows)
        yield f"**Judged unrounded**, whatever is shown: {', '.join(f'`{each}`' for each in unrounded(self.editions))}; other \
equipment checks as the setting `check_compared` says. Everything else is rounded as the tables say and then judged.\n"

    def _index(self) -> Iterator[str]:
        yield "## Index\n"
        links = [
            f"- {TITLES[group]}: " + ", ".join(_link(kind.name) for kind in kinds) for group, kinds in GROUPS.items()
        ]
        yield "\n".join(links) + "\n"
        yield "Which measurement gives which quantity:\n"
        rows = [
            [f"`{quantity.value}`", self._named(quantity), ", ".join(_link(name) for name in names)]
            for quantity, names in quantities_shown(self.results).items()
        ]
        yield table(("quantity", "", "kind"), rows)

    # ------------------------------------------------------------ one kind

    def _kind(self, kind: Kind[Any]) -> Iterator[str]:
        yield f"### {kind.name}\n"
        yield f"{about(kind.record)}\n"
        yield _field_table(kind.record)
        own = {each.record: each.name for each in KINDS.values()}
        for inner in records_within(kind.record):
            if inner in own:
                yield f"`{inner.__name__}`: the fields of {_link(own[inner])}.\n"
            else:
                yield f"`{inner.__name__}`: {about(inner)}\n"
                yield _field_table(inner)
        if kind.answer:
            yield "The answer stands in the `inputs` of the computed number:\n"
            yield table(("`inputs`", ""), [[f"`{name}`", said] for name, said in kind.answer.items()])
        for example, result in zip(self.examples[kind.name], self.results[kind.name], strict=True):
            yield f"```json\n{pretty(parsed_json(to_exact_json(example)))}\n```\n"
            yield from self._came_to(kind, result)

    def _came_to(self, kind: Kind[Any], result: RecordResult) -> Iterator[str]:
        cards = [card for each in result.judged for card in each.judgement.cards]
        numbers = [number for each in result.judged for number in each.judgement.computed]
        rows = [
            ["", self._named(each.quantity), f"{each.exact:f}", f"{each.rounded:f} {each.unit}".strip(), "", ""]
            for each in numbers
        ]
        rows += [self._card(card) for card in cards]
        yield table(("item", "quantity", "exact", "rounded", "limit", "outcome"), rows)
        yield from self._derivations(cards)
        for number in numbers:
            if any(name in kind.answer for name in number.inputs):
                answer = {name: text for name, text in number.inputs.items() if name in kind.answer}
                yield f"```json\n{pretty(answer)}\n```\n"

    def _card(self, card: VerdictCard) -> list[str]:
        rounded = "" if card.rounded is None else f"{card.rounded:f} {card.unit}".strip()
        limit = "" if card.limit is None or card.comparison is None else f"{card.comparison} {card.limit:f}"
        if "low" in card.inputs and "high" in card.inputs:
            limit = f"{card.inputs['low']} … {card.inputs['high']}"
        outcome = self.english.text(word(card.outcome)) + ("" if card.counts else " (does not count)")
        exact = "" if card.exact is None else f"{card.exact:f}"
        return [card.item, self._named(card.quantity), exact, rounded, limit, outcome]

    def _derivations(self, cards: list[VerdictCard]) -> Iterator[str]:
        lines = []
        for card in cards[:MOST_LINES]:
            said = [self.english.text(line) for line in explain(card) if line.code not in UNSAID]
            lines.append(f"- {card.item} `{card.quantity.value}`: " + " · ".join(said))
        if lines:
            yield "\n".join(lines) + "\n"

    def _named(self, quantity: Quantity) -> str:
        return f"{self.english.text(word(quantity))} · {self.chinese.text(word(quantity))}"

    def _output(self) -> Iterator[str]:
        result = result_of(self.results[SHOWN_KIND][0], self.english)
        for edition in result["editions"]:
            edition["table_hash"] = "…"
        for card in (card for each in result["results"] for card in each["cards"]):
            card["explanation"] = [line for line in card["explanation"] if "sha" not in line.lower()][:3]
        yield f"```json\n{pretty(parsed_json(to_exact_json(result)))}\n```\n"


def unrounded(editions: Sequence[Edition]) -> list[str]:
    """Return the quantities that are held against their limit as exactly as they were measured: tolerances, and a few more."""
    within = {limit.quantity for edition in editions for limit in edition.limits.all() if limit.bound is Bound.WITHIN}
    return [each.value for each in Quantity if each in UNROUNDED | within]


def quantities_shown(results: Mapping[str, Sequence[RecordResult]]) -> dict[Quantity, list[str]]:
    """Return the kinds whose example gives each quantity, quantities in their order."""
    found: dict[Quantity, list[str]] = {}
    for quantity in Quantity:
        for name, of_kind in results.items():
            judgements = [each.judgement for result in of_kind for each in result.judged]
            given = {card.quantity for each in judgements for card in each.cards}
            given |= {number.quantity for each in judgements for number in each.computed}
            if quantity in given:
                found.setdefault(quantity, []).append(name)
    return found


def _field_table(record: type) -> str:
    rows = []
    for each in fields_of(record):
        given = "**must**" if each.default is None else f"`{each.default}`" if each.default else "may"
        rows.append([f"`{each.name}`", each.kind, each.unit, given, each.meaning])
    return table(("field", "type", "unit", "given", ""), rows)


def _field_of(kind: type[StrEnum]) -> str:
    return next(each.name for each in fields_of(Traits) if f"`{next(iter(kind)).value}`" in each.kind)


def _link(name: str) -> str:
    return f"[{name}](#{name})"


def page() -> str:
    """Return docs/judge.md as it should be."""
    return Page(load_editions()).text()


def schema() -> str:
    """Return docs/judge.schema.json as it should be."""
    return json.dumps(schema_of(KINDS), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
