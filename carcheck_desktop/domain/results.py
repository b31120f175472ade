"""The results that a conclusion rests on: of every planned item the newest that counts, and the attempt it comes from; pure.

Without a recheck these are the newest attempt's. After one, what was not done again stays from the attempt before: it counts,
and its attempt is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.domain.views import AttemptState, AttemptView, ItemState, ItemView, VisitView


@dataclass(frozen=True, slots=True)
class ItemResult:
    """A finished item and the attempt in which it was measured; `is_earlier`: before the newest recheck."""

    item: ItemView
    attempt: AttemptView
    is_earlier: bool


def results(visit: VisitView) -> tuple[ItemResult, ...]:
    """Return what counts of a visit as it stands, in the order of its plan; items without a result are left out."""
    counting = counting_attempts(visit)
    found = (_newest(item.item, counting, visit) for item in visit.plan)
    return tuple(each for each in found if each is not None)


def counting_attempts(visit: VisitView) -> tuple[AttemptView, ...]:
    """Return the attempts whose results count, the newest first: the last one, and before a recheck every complete one."""
    if not visit.attempts:
        return ()
    last, earlier = visit.attempts[-1], visit.attempts[:-1]
    if visit.recheck is None:
        return (last,)
    before = visit.recheck.attempts_before
    done = [each for each in reversed(earlier) if each.state is AttemptState.COMPLETE and each.number <= before]
    return (last, *done)


def _newest(item: str, attempts: tuple[AttemptView, ...], visit: VisitView) -> ItemResult | None:
    before = visit.recheck.attempts_before if visit.recheck is not None else 0
    for attempt in attempts:
        for each in attempt.items:
            if each.item == item and each.state is ItemState.DONE:
                return ItemResult(each, attempt, attempt.number <= before)
    return None
