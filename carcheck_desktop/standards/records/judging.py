"""What a record comes to: the editions of its day, the judgement of every measurement, and the conclusion over all of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome, worst
from carcheck_desktop.standards.bench.deciding import road_decides
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.families.known import PETROL, SAFETY
from carcheck_desktop.standards.records.exhaust import METHODS, method_remark, untested_fuels
from carcheck_desktop.standards.records.reading import under, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.records.record import InspectionRecord, Measurement

OUTSIDE = ("vehicle", "settings", "limits", "date", "edition", "inspection", "id")
"""Fields of the record itself; any other name that a measurement's judge complains of is one of its own."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One measurement with what it came to."""

    kind: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class RecordConclusion:
    """What a record came to over all cards that count.

    `failed`, `invalid` and `not_judged` are those that decide so; `reminders` are limits missed on which no conclusion rests.
    A record of which only numbers were asked has neither: nothing stands in the way, and nothing was judged.
    """

    outcome: Outcome
    failed: tuple[VerdictCard, ...]
    invalid: tuple[VerdictCard, ...]
    not_judged: tuple[VerdictCard, ...]
    reminders: tuple[VerdictCard, ...]


@dataclass(frozen=True, slots=True)
class RecordResult:
    """A judged record: which editions judged it, its measurements in their order, and the conclusion."""

    record: InspectionRecord
    editions: tuple[Edition, ...]
    judged: tuple[Judged, ...]
    conclusion: RecordConclusion


def judge_record(record: InspectionRecord, editions: Sequence[Edition]) -> RecordResult:
    """Judge every measurement of a record by the editions that fit its family and day.

    Raises `DataError` with the path of the field that keeps the record from being judged.
    """
    used = _editions_of(record, editions)
    _check_settings(record, list(used.values()))
    _check_limits(record, list(used.values()))
    found = tuple(
        Judged(each.kind.name, _judge(record, used[each.kind.family], each, f"measurements[{index}]"))
        for index, each in enumerate(record.measurements)
    )
    found = _with_exhaust(_with_road(found), record, editions)
    cards = [card for each in found for card in each.judgement.cards]
    return RecordResult(record, tuple(used.values()), found, conclusion_of(cards))


def _with_road(found: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """Let a road test in place of the bench decide, whichever measurement came first."""
    decided = iter(road_decides([card for each in found for card in each.judgement.cards]))
    return tuple(
        replace(each, judgement=replace(each.judgement, cards=tuple(islice(decided, len(each.judgement.cards)))))
        for each in found
    )


def _with_exhaust(
    found: tuple[Judged, ...], record: InspectionRecord, editions: Sequence[Edition]
) -> tuple[Judged, ...]:
    """Add to the exhaust measurements what they say together: methods the vehicle must not have, fuels nobody tested."""
    last = max(
        (place for place, each in enumerate(found) if each.kind in METHODS and each.judgement.cards), default=None
    )
    if last is None:
        return found
    try:
        case = _case(record, edition_of(PETROL.name, record, editions))
    except DataError:  # a diesel record by an edition of its own, of a day that no petrol edition has
        return found
    more = [method_remark(case, each.kind, each.judgement.cards) for each in found]
    more[last] += untested_fuels(case, [card for each in found for card in each.judgement.cards])
    return tuple(
        replace(each, judgement=each.judgement + Judgement(cards)) for each, cards in zip(found, more, strict=True)
    )


def conclusion_of(cards: Sequence[VerdictCard]) -> RecordConclusion:
    """Fold the cards that count: invalid over fail over not judged over pass; without any nothing is judged."""
    counting = [card for card in cards if card.counts]
    return RecordConclusion(
        worst([card.outcome for card in counting]),
        tuple(card for card in counting if card.outcome is Outcome.FAIL),
        tuple(card for card in counting if card.outcome is Outcome.INVALID),
        tuple(card for card in counting if card.outcome is Outcome.NOT_JUDGED),
        tuple(card for card in cards if not card.counts and card.outcome is Outcome.FAIL),
    )


def edition_of(family: str, record: InspectionRecord, editions: Sequence[Edition]) -> Edition:
    """Return the edition that judges a family's measurements: the one asked for, else the newest in force on the day.

    The one asked for need not be in force; it then judges as on its `nearest_day`.
    """
    known = [each for each in editions if each.family.name == family]
    asked = next((each for each in known if each.edition == record.edition), None)
    if asked is not None:
        return asked
    in_force = [each for each in known if each.is_in_force(record.on)]
    if not in_force:
        first = min((each.valid_from for each in known), default=None)
        raise DataError(
            "standards.record.no_edition", field="date", family=family, on=record.on.isoformat(), first=first or "-"
        )
    return max(in_force, key=lambda each: each.valid_from)


def nearest_day(edition: Edition, on: date) -> date:
    """Return the day itself, or that of the edition's own days which is nearest to it."""
    latest = on if edition.valid_until is None else min(on, edition.valid_until)
    return max(latest, edition.valid_from)


def _editions_of(record: InspectionRecord, editions: Sequence[Edition]) -> dict[str, Edition]:
    known = [each.edition for each in editions]
    if record.edition is not None and record.edition not in known:
        raise wrong("edition", record.edition, ", ".join(known))
    families = dict.fromkeys(each.kind.family for each in record.measurements)
    return {family: edition_of(family, record, editions) for family in families}


def _check_settings(record: InspectionRecord, editions: Sequence[Edition]) -> None:
    allowed: dict[str, tuple[str, ...]] = {}
    for edition in editions:
        allowed |= edition.family.settings
    for key, word in record.settings.items():
        if key not in allowed:
            raise DataError(
                "standards.record.unknown_field", field=under("settings", key), allowed=", ".join(allowed) or "-"
            )
        if word not in allowed[key]:
            raise wrong(under("settings", key), word, ", ".join(allowed[key]))


def _check_limits(record: InspectionRecord, editions: Sequence[Edition]) -> None:
    """See that every limit of the platform names a quantity, or a rule of the tables, that these editions judge, and fits it."""
    if not record.limits:
        return
    quantities = [quantity.value for edition in editions for quantity in edition.family.judged]
    rows = [limit for edition in editions for limit in edition.limits.all()]
    for key, sent in record.limits.items():
        meant = [limit for limit in rows if key in (limit.key, limit.quantity.value)]
        if not meant:
            raise DataError("standards.record.unknown_field", field=under("limits", key), allowed=", ".join(quantities))
        sent.require_fit(meant, under("limits", key))


def _judge(record: InspectionRecord, edition: Edition, measurement: Measurement, place: str) -> Judgement:
    if record.inspection is None and edition.family is SAFETY:
        raise DataError("standards.record.missing", field="inspection")
    case = _case(record, edition)
    try:
        return measurement.kind.judge(case, measurement.values)
    except DataError as error:
        params: Mapping[str, object] = error.problem.params
        name = str(params.get("field", ""))
        if name.partition(".")[0] in OUTSIDE and not _has(measurement, name):
            raise
        raise DataError(error.code, **{**params, "field": under(place, name) if name else place}) from error


def _case(record: InspectionRecord, edition: Edition) -> Case:
    return Case(
        edition=edition,
        vehicle=record.vehicle,
        inspection=record.inspection or InspectionKind.IN_USE,
        on=nearest_day(edition, record.on),
        inspected_on=record.on,
        choices={key: word for key, word in record.settings.items() if key in edition.family.settings},
        platform=record.limits,
    )


def _has(measurement: Measurement, name: str) -> bool:
    """Say whether a plain name is one of the measurement's own fields, although the record has one of that name too."""
    return name in {each.name for each in fields(measurement.kind.record)}
