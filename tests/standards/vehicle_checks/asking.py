"""Records of this room judged as `judge` does it: from plain data, with as few facts of the vehicle as a test gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.loading.edition import Edition, parse
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.traits import Traits
from carcheck_desktop.standards.vehicle_checks.records import KINDS
from tests.standards.cars import assert_readable

NEW = parse((ROOT / "resources" / "standards" / "gb38900-2020.toml").read_bytes())
OLD = parse((ROOT / "resources" / "standards" / "gb21861-2014.toml").read_bytes())
ON = date(2026, 3, 1)
THEN = date(2019, 6, 1)
"""A day of the 2014 edition."""
IN_USE, REGISTRATION = InspectionKind.IN_USE, InspectionKind.REGISTRATION
BY_NAME = {kind.name: kind for kind in KINDS}
PASS, FAIL, NOT_JUDGED = Outcome.PASS, Outcome.FAIL, Outcome.NOT_JUDGED


def case(
    vehicle: dict[str, Any] | None = None,
    inspection: InspectionKind = IN_USE,
    edition: Edition = NEW,
    on: date = ON,
    **choices: str,
) -> Case:
    return Case(edition, record_of(exact(vehicle or {}), Traits), inspection, on, choices)


def exact(data: Any) -> Any:
    """Return plain data with every number as the command reads it; a test writes decimals as text where it matters."""
    if isinstance(data, dict):
        return {name: exact(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [exact(value) for value in data]
    if isinstance(data, int | float) and not isinstance(data, bool):
        return Decimal(str(data))
    return data


def ask(kind: str, under: Case, **measured: Any) -> Judgement:
    found = BY_NAME[kind]
    return found.judge(under, record_of(exact(measured), found.record))


def the_card(kind: str, under: Case, **measured: Any) -> VerdictCard:
    (card,) = ask(kind, under, **measured).cards
    return card


def card_of(judgement: Judgement, quantity: Quantity, item: str | None = None) -> VerdictCard:
    (card,) = [each for each in judgement.cards if each.quantity is quantity and item in (None, each.item)]
    return card


def code(card: VerdictCard) -> str:
    message: Message | None = card.reason
    return "" if message is None else message.code


def old_case(vehicle: dict[str, Any] | None = None, inspection: InspectionKind = IN_USE, **choices: str) -> Case:
    return case(vehicle, inspection, OLD, THEN, **choices)


def refused(kind: str, under: Case, **measured: Any) -> str:
    """Return the field that an unusable record is refused for."""
    with pytest.raises(DataError) as caught:
        ask(kind, under, **measured)
    assert_readable(caught.value)
    return str(caught.value.problem.cause.params["field"])
