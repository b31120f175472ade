"""Measurements of diesel, equipment and supervision as JSON text, judged as `judge` does it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, ROOT, Catalogue
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Computed, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.diesel import records as diesel
from carcheck_desktop.standards.equipment import records as equipment
from carcheck_desktop.standards.loading.edition import parse
from carcheck_desktop.standards.platform_limits import PlatformLimit
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.supervision import records as supervision
from carcheck_desktop.standards.traits import Traits

FOLDER = ROOT / "resources" / "standards"
EDITIONS = {
    "diesel": parse((FOLDER / "gb3847-2018.toml").read_bytes()),
    "equipment": parse((FOLDER / "hj1237-2021.toml").read_bytes()),
}
KINDS = {kind.name: kind for kind in (*diesel.KINDS, *equipment.KINDS, *supervision.KINDS)}
CATALOGUES = {language: Catalogue(language) for language in LANGUAGES}
ON = date(2026, 3, 1)
PASS, FAIL, INVALID, NOT_JUDGED = Outcome.PASS, Outcome.FAIL, Outcome.INVALID, Outcome.NOT_JUDGED


def parsed(text: str) -> Any:
    """Return JSON with every number exact."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)


def case(family: str, on: date = ON, limits: dict[str, PlatformLimit] | None = None, /, **settings: str) -> Case:
    return Case(EDITIONS[family], Traits(), InspectionKind.IN_USE, on, settings, limits or {})


def ask(kind: str, text: str, asked: Case | None = None, /, **settings: str) -> Judgement:
    """Judge one measurement; `text` are its fields as JSON."""
    found = KINDS[kind]
    return found.judge(asked or case(found.family, **settings), record_of(parsed(text), found.record))


def card(judgement: Judgement, quantity: Quantity) -> VerdictCard:
    (found,) = [each for each in judgement.cards if each.quantity is quantity]
    return found


def number(judgement: Judgement, quantity: Quantity) -> Computed:
    (found,) = [each for each in judgement.computed if each.quantity is quantity]
    return found


def only(judgement: Judgement) -> VerdictCard:
    (found,) = judgement.cards
    return found


def refused(kind: str, text: str, /, **settings: str) -> str:
    """Return the field that a measurement is refused for."""
    with pytest.raises(DataError) as caught:
        ask(kind, text, **settings)
    field = str(caught.value.problem.params["field"])
    assert caught.value.code.startswith("standards.record.")
    return field


def code(judged: VerdictCard) -> str:
    return "" if judged.reason is None else judged.reason.code


def said(line: Message) -> str:
    """Return a sentence in English, after seeing that every language has its words and no placeholder is left."""
    for language in LANGUAGES:
        text = CATALOGUES[language].text(line)
        assert text != line.code
        assert not PLACEHOLDER.search(text)
    return CATALOGUES["en"].text(line)
