"""What an analyser reads before a test: HC that stayed in the line (残留), the air of the room and the air around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject
from carcheck_desktop.standards.equipment.holding import held, manner, own
from carcheck_desktop.standards.families.axes import Bounds
from carcheck_desktop.standards.families.equipment_axes import AirKind
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.cards import Manner
    from carcheck_desktop.standards.case import Case

MOST_PPM = 100_000
MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Residue:
    """HC that the analyser still reads before a test."""

    hc_ppm: Decimal
    """What was read."""
    limit_ppm: Decimal | None = None
    """Goes before the tables' limit."""


@dataclass(frozen=True, slots=True)
class BackgroundAir:
    """What the analyser reads of the air, each gas by itself; at least one."""

    air: AirKind
    """Which air: of the surroundings (环境空气) or of the room at the probe (背景空气)."""
    hc_ppm: Decimal | None = None
    """HC as hexane."""
    co_percent: Decimal | None = None
    no_ppm: Decimal | None = None


def judge_residue(case: Case, record: Residue) -> Judgement:
    """Judge the HC that stayed in the line."""
    exact = between("hc_ppm", record.hc_ppm, 0, MOST_PPM)
    limit = own(case.limit(Quantity.ANALYSER_RESIDUE), Bound.AT_MOST, limit_ppm=record.limit_ppm)
    subject = Subject("residue", Quantity.ANALYSER_RESIDUE, limit, {"hc_ppm": plain(exact)})
    advice = Message("standards.equipment.advice_residue")
    return Judgement((held(case, subject, exact, advice, _manner(case)),))


def judge_background_air(case: Case, record: BackgroundAir) -> Judgement:
    """Judge each gas of the air that is given."""
    given = (
        ("hc_ppm", record.hc_ppm, Quantity.AIR_HC, MOST_PPM),
        ("co_percent", record.co_percent, Quantity.AIR_CO, MOST_PERCENT),
        ("no_ppm", record.no_ppm, Quantity.AIR_NO, MOST_PPM),
    )
    cards: list[VerdictCard] = []
    for name, value, quantity, most in given:
        if value is None:
            continue
        exact = between(name, value, 0, most)
        inputs = {"air": record.air.value, name: plain(exact)}
        subject = Subject("background_air", quantity, case.limit(quantity, air=record.air), inputs)
        cards.append(held(case, subject, exact, Message("standards.equipment.advice_air"), _manner(case)))
    if not cards:
        raise DataError("standards.record.missing", field="hc_ppm | co_percent | no_ppm")
    return Judgement(tuple(cards))


def _manner(case: Case) -> Manner:
    return manner(case, open_ends=case.choice("residue_bounds") == Bounds.EXCLUDED)
