"""All table files a station works with as one thing: the plan of a visit and its conclusion, over every purpose.

Each edition plans and judges by itself (`plan`, `verdicts`, `emission`); here they are put beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Confidence, ItemKind, Outcome, PlannedItem, Purpose, worst
from carcheck_desktop.standards.emission.choice import emission_plan
from carcheck_desktop.standards.emission.judging import ITEM
from carcheck_desktop.standards.families.known import PETROL, SAFETY
from carcheck_desktop.standards.plan import NotAsked, Plan, plan
from carcheck_desktop.standards.verdicts import Conclusion, Measured, conclude

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.domain.verdicts import UnmetDemand, VerdictCard
    from carcheck_desktop.standards.loading.edition import Edition

BRAKES = frozenset((ItemKind.AXLE_WEIGHING, ItemKind.SERVICE_BRAKE, ItemKind.PARKING_BRAKE))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The tables of safety and of emission (None: nothing is asked of exhaust), and which items some lane can do.

    `safety` and `emission` are the editions by which visits are planned and judged: the newest ones, or those of a day (`on`);
    `editions` are all that are known, of every family, also those that held in earlier years or do not hold yet.
    """

    safety: Edition
    emission: Edition | None = None
    equipment: frozenset[ItemKind] = BRAKES
    others: tuple[Edition, ...] = ()

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every edition, those of now first."""
        return (self.safety, *(() if self.emission is None else (self.emission,)), *self.others)

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of the table file of each edition that visits are planned and judged by, by the edition's name."""
        found = {self.safety.edition: self.safety.table_hash}
        return found if self.emission is None else found | {self.emission.edition: self.emission.table_hash}

    @property
    def every_hash(self) -> dict[str, str]:
        """The hash of each edition's table file by the edition's name."""
        return {each.edition: each.table_hash for each in self.editions}

    def on(self, day: date) -> Rulebook:
        """Return the same editions with `safety` and `emission` those of a day; where none is in force, as they are."""
        safety = self._in_force(SAFETY.name, day) or self.safety
        emission = self._in_force(PETROL.name, day) or self.emission
        if safety is self.safety and emission is self.emission:
            return self
        others = tuple(each for each in self.editions if each is not safety and each is not emission)
        return replace(self, safety=safety, emission=emission, others=others)

    def edition(self, family: str, on: date) -> Edition:
        """Return the newest edition of a family that is in force on a day.

        Raises `DataError` `standards.tables.no_edition` when there is none.
        """
        found = self._in_force(family, on)
        if found is None:
            raise DataError("standards.tables.no_edition", family=family, on=on.isoformat())
        return found

    def named(self, edition: str) -> Edition:
        """Return an edition by its name ("GB 38900-2020"); raise `DataError` `standards.tables.unknown_edition`."""
        for each in self.editions:
            if each.edition == edition:
                return each
        known = ", ".join(sorted(each.edition for each in self.editions))
        raise DataError("standards.tables.unknown_edition", edition=edition, known=known)

    def _in_force(self, family: str, day: date) -> Edition | None:
        found = [each for each in self.editions if each.family.name == family and each.is_in_force(day)]
        return max(found, key=lambda each: each.valid_from, default=None)


def rulebook(editions: Sequence[Edition], equipment: frozenset[ItemKind] = BRAKES) -> Rulebook:
    """Return all editions as one; raise `DataError` when there is none of safety, or two of one name."""
    names = [each.edition for each in editions]
    for name in names:
        if names.count(name) > 1:
            raise DataError("standards.tables.double_edition", edition=name)
    safety, emission = _newest(editions, SAFETY.name), _newest(editions, PETROL.name)
    if safety is None:
        raise DataError("standards.tables.no_family", family=SAFETY.name)
    others = tuple(each for each in editions if each is not safety and each is not emission)
    return Rulebook(safety, emission, equipment, others)


def _newest(editions: Sequence[Edition], family: str) -> Edition | None:
    found = [each for each in editions if each.family.name == family]
    return max(found, key=lambda each: each.valid_from, default=None)


def plan_visit(rules: Rulebook, vehicle: Vehicle, inspection: InspectionKind, on: date) -> Plan:
    """Return the plan over all purposes in lane order (exhaust first, while the engine is warm).

    Raises `DataError` as `plan` does.
    """
    safety = plan(rules.safety, vehicle, inspection, on)
    if rules.emission is None:
        return safety
    exhaust = emission_plan(rules.emission, vehicle, on, rules.equipment)
    if exhaust.unmet is not None:
        return replace(safety, unmet=(*safety.unmet, exhaust.unmet))
    if exhaust.item is None:
        spared = () if exhaust.not_asked is None else (NotAsked(ITEM, exhaust.not_asked, exhaust.confidence),)
        return replace(safety, not_asked=(*safety.not_asked, *spared))
    doubts = () if exhaust.confidence is Confidence.SOURCED else ((ITEM, exhaust.confidence),)
    return replace(safety, items=(exhaust.item, *safety.items), doubts=(*safety.doubts, *doubts))


@dataclass(frozen=True, slots=True)
class VisitConclusion:
    """What a visit came to over all, and for each purpose that was planned."""

    outcome: Outcome
    cards: tuple[VerdictCard, ...]
    purposes: dict[Purpose, Outcome]


def conclude_visit(
    rules: Rulebook,
    vehicle: Vehicle,
    inspection: InspectionKind,
    on: date,
    measured: Measured,
    unmet: Sequence[UnmetDemand] = (),
) -> VisitConclusion:
    """Conclude over everything planned, and over each purpose by itself; raises `DataError` as `conclude` does.

    What must be asked and could not be done here (`unmet`) leaves its purpose not judged where nothing failed; of the safety
    inspection, on which the visit as a whole rests, the whole too.
    """
    whole = conclude(rules.safety, vehicle, inspection, on, measured)
    planned = plan_visit(rules, vehicle, inspection, on).items if measured.planned is None else measured.planned
    lacking = {each.purpose for each in unmet}
    purposes = [each for each in Purpose if each in lacking or any(each in item.purposes for item in planned)]
    found = {each: _of(each, planned, whole, is_whole=each not in lacking) for each in purposes}
    open_ends = [Outcome.NOT_JUDGED] if Purpose.SAFETY in lacking else []
    return VisitConclusion(worst([whole.outcome, *open_ends]), whole.cards, found)


def _of(purpose: Purpose, planned: Sequence[PlannedItem], whole: Conclusion, *, is_whole: bool) -> Outcome:
    items = {item.item for item in planned if purpose in item.purposes}
    if purpose is Purpose.SAFETY:
        items.add(WHOLE_ITEM)
    outcomes = [card.outcome for card in whole.cards if card.item in items]
    outcomes += [Outcome.NOT_JUDGED for each in whole.missing if each in items]
    return worst(outcomes if is_whole else [*outcomes, Outcome.NOT_JUDGED])
