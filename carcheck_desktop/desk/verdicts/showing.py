"""One stored item explained: as it was recorded, computed again from its raw data, and under other editions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError, DataError, StorageError, UsageError
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.desk.verdicts.changing import concluded_anew
from carcheck_desktop.desk.verdicts.comparing import differences
from carcheck_desktop.desk.verdicts.facts import KeptBlobs, figures_of, measured_of, raw_of, visit_of
from carcheck_desktop.desk.verdicts.tables import Tables, is_of_safety, whole_cards
from carcheck_desktop.domain.explained import ExplainedCard, UnderEdition, VerdictView
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import WHOLE_ITEM
from carcheck_desktop.standards.again import as_demanded_by, day_in, family_of, judge_again
from carcheck_desktop.standards.drawing import drawing_of
from carcheck_desktop.standards.explain import explain
from carcheck_desktop.standards.families.known import SAFETY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from carcheck_desktop.desk.verdicts.facts import Measured
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.again import RawItem
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.rulebook import Rulebook


def verdict_of(
    uow: UnitOfWork,
    rules: Rulebook,
    wanted: str,
    item: str,
    others: Sequence[Edition] | None = None,
    attempt: int | None = None,
) -> VerdictView:
    """Explain an item of a visit (`whole`: the conclusion's own card).

    `others` are editions to judge it under besides; None: every other edition of its family.

    Raises `UsageError` for a visit, item or attempt that is not there. Raw data or tables that are gone or damaged are a
    problem of the view, whose stored cards are shown all the same.
    """
    visit = visit_of(uow, wanted)
    blobs = KeptBlobs(uow.blobs)
    tables = Tables(rules, blobs)
    if item == WHOLE_ITEM:
        if attempt is not None and (not visit.attempts or attempt != visit.attempts[-1].number):
            known = visit.attempts[-1].number if visit.attempts else "-"
            raise UsageError("desk.verdicts.no_attempt", item=item, attempt=attempt, known=known)
        return _whole(visit, blobs, tables, others)
    measured = measured_of(visit, item, attempt)
    anew = () if attempt is not None else _judged_at_the_end(measured)
    return (
        _item(measured, blobs, tables, others) if not anew else _concluded_item(measured, anew, blobs, tables, others)
    )


def explained(cards: Sequence[VerdictCard]) -> tuple[ExplainedCard, ...]:
    """Return each card with its derivation."""
    return tuple(ExplainedCard(card, tuple(explain(card))) for card in cards)


def _item(measured: Measured, blobs: KeptBlobs, tables: Tables, asked: Sequence[Edition] | None) -> VerdictView:
    visit, attempt, item = measured.visit, measured.attempt, measured.item
    raw: RawItem | None = None
    try:
        raw = raw_of(attempt, item, blobs)
        own = tables.own_of(measured)
        again = _under(own, measured.on, lambda: judge_again(own, _must(raw)))
    except (DataError, StorageError) as error:
        again = _no_card(item.cards, error)
    cards = [each.card for each in again.cards]
    others = tables.beside(family_of(item), again.table_hash) if asked is None else asked
    return VerdictView(
        visit_id=visit.visit_id, plate=visit.vehicle.plate, item=item.item, kind=item.kind, axle=item.axle,
        attempt=attempt.number, attempts=measured.attempts, judged_on=measured.on, finished_at=item.finished_at,
        origin=item.origin, outcome=item.outcome, stored=explained(item.cards), again=again,
        differences=differences(item.cards, cards) if again.problem is None else (),
        drawing=drawing_of(raw, item.cards or cards) if raw is not None else None,
        editions=tables.names(family_of(item)), measured=figures_of(item),
        others=tuple(_other(each, raw, again) for each in others),
    )  # fmt: skip


def _judged_at_the_end(measured: Measured) -> tuple[VerdictCard, ...]:
    """Return an item's cards of the conclusion where that judged it anew: an earlier lever by loads weighed after it."""
    found = tuple(card for card in measured.visit.conclusion_cards if card.item == measured.item.item)
    return found if found != measured.item.cards and measured.item.parking_brake is not None else ()


def _concluded_item(
    measured: Measured,
    stored: Sequence[VerdictCard],
    blobs: KeptBlobs,
    tables: Tables,
    asked: Sequence[Edition] | None,
) -> VerdictView:
    """Explain an item by the cards that the conclusion rests on, computed again as the conclusion did."""
    visit, code = measured.visit, measured.item.item
    on = inspection_date(visit.attempts[-1].started_at)
    view = _item(measured, blobs, tables, ())

    def under(edition: Edition, *, own: bool) -> UnderEdition:
        def judge() -> tuple[VerdictCard, ...]:
            if own:
                cards = conclusion_of(visit, blobs, replace(tables.rules, safety=edition), day_in(edition, on)).cards
            else:
                cards = concluded_anew(visit, blobs, tables, edition).cards
            return tuple(card for card in cards if card.item == code)

        return _under(edition, on, judge)

    try:
        again = under(tables.by_hash(stored[0].edition, stored[0].table_hash), own=True)
    except (DataError, StorageError) as error:
        again = _no_card(stored, error)
    others = tables.beside(SAFETY.name, again.table_hash) if asked is None else asked
    cards = [each.card for each in again.cards]
    return replace(
        view, stored=explained(stored), again=again, outcome=stored[0].outcome,
        differences=differences(stored, cards) if again.problem is None else (),
        others=tuple(under(each, own=False) for each in others),
    )  # fmt: skip


def _must(raw: RawItem | None) -> RawItem:
    if raw is None:
        raise RuntimeError("an item was judged without its raw data")
    return raw


def _other(edition: Edition, raw: RawItem | None, again: UnderEdition) -> UnderEdition:
    """Judge under another edition; without raw data the problem is the same as under the own one."""
    if raw is None:
        return UnderEdition(edition.edition, edition.table_hash, problem=again.problem)
    return _under(edition, raw.on, lambda: judge_again(edition, as_demanded_by(edition, raw)))


def _under(edition: Edition, on: date, judge: Callable[[], Sequence[VerdictCard]]) -> UnderEdition:
    day = day_in(edition, on)
    as_on = day if day != on else None
    try:
        return UnderEdition(edition.edition, edition.table_hash, explained(judge()), as_on)
    except DataError as error:
        return UnderEdition(edition.edition, edition.table_hash, judged_as_on=as_on, problem=error.problem)


def _no_card(stored: Sequence[VerdictCard], error: CarcheckError) -> UnderEdition:
    edition, table_hash = (stored[0].edition, stored[0].table_hash) if stored else ("", "")
    return UnderEdition(edition, table_hash, problem=error.problem)


def _whole(visit: VisitView, blobs: KeptBlobs, tables: Tables, asked: Sequence[Edition] | None) -> VerdictView:
    stored = whole_cards(visit.conclusion_cards)
    if not stored:
        raise UsageError("desk.verdicts.not_concluded", visit=visit.visit_id)
    attempt = visit.attempts[-1]
    on = inspection_date(attempt.started_at)
    try:
        own = tables.own_of_whole(visit)
        again = _under(own, on, partial(_concluded, visit, blobs, tables.rules, own, on))
    except (DataError, StorageError) as error:
        again = _no_card(stored, error)
    others = tables.beside(SAFETY.name, again.table_hash) if asked is None else asked
    origins = {item.origin for each in visit.attempts for item in each.items if item.origin is not None}
    return VerdictView(
        visit_id=visit.visit_id, plate=visit.vehicle.plate, item=WHOLE_ITEM, kind=None, axle=0,
        attempt=attempt.number, attempts=(attempt.number,), judged_on=on, finished_at=visit.concluded_at,
        origin=next(iter(sorted(origins, reverse=True)), None), outcome=visit.conclusion, stored=explained(stored),
        again=again, drawing=None, editions=tables.names(SAFETY.name),
        differences=differences(stored, [each.card for each in again.cards]) if again.problem is None else (),
        others=tuple(_under(each, on, partial(_concluded_anew, visit, blobs, tables, each)) for each in others),
    )  # fmt: skip


def _concluded(
    visit: VisitView, blobs: KeptBlobs, rules: Rulebook, edition: Edition, on: date
) -> tuple[VerdictCard, ...]:
    fact = conclusion_of(visit, blobs, replace(rules, safety=edition), day_in(edition, on))
    return whole_cards(fact.cards)


def _concluded_anew(visit: VisitView, blobs: KeptBlobs, tables: Tables, edition: Edition) -> tuple[VerdictCard, ...]:
    if not is_of_safety(edition):
        raise DataError("standards.again.other_family", item=WHOLE_ITEM, edition=edition.edition, family=SAFETY.name)
    return whole_cards(concluded_anew(visit, blobs, tables, edition).cards)
