"""When a device is locked (锁止): its last check failed, was never done or not sent, or is older than the interval allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, invalid
from carcheck_desktop.standards.equipment.holding import held, own
from carcheck_desktop.standards.families.equipment_axes import Check, City, MonthlyRule
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between, expected, required
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

MICROSECONDS_PER_HOUR = 3_600_000_000
MOST_HOURS = 100_000
WEEK_DAYS = 7
CHINA = timezone(timedelta(hours=8))


class LockReason(StrEnum):
    """Why a device is locked; `none` while it is not."""

    NONE = "none"
    NEVER_DONE = "never_done"
    FAILED = "failed"
    NOT_UPLOADED = "not_uploaded"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Lockout:
    """The last check of one kind on one device, and the moment at which the device is wanted: is it locked?

    The card fails where the device is locked; `lock_reason` among its inputs says why.
    """

    check: Check
    """Which check."""
    now: datetime
    """When the device is wanted: on the day of the record, there or in China."""
    last_check_at: datetime | None = None
    """When it was last checked; left out where it never was."""
    has_passed: bool | None = None
    """How that check ended; must be given with `last_check_at`."""
    is_uploaded: bool = True
    """Whether the platform has it."""
    interval_h: Decimal | None = None
    """How old it may be; goes before the tables' interval of the check and city."""
    city: City | None = None
    """Whose schedule holds; without it the setting `city`."""


def judge_lockout(case: Case, record: Lockout) -> Judgement:
    """Judge whether the device is locked: the card fails where it is, and its reason says why.

    The age of a check may be as much as the interval, to the microsecond; a device locked for another reason shows no interval
    that it keeps. Raises `DataError` for a check in the future, and for a moment on another day than the record.
    """
    inputs = {"check": record.check.value, "now": record.now.isoformat()}
    if record.last_check_at is None:
        _see_day(case, record.now)
        limit = _limit(case, record)
        return Judgement((_never(case, Subject("lockout", Quantity.CHECK_AGE, limit, inputs)),))
    last = _past(record.last_check_at, record.now)
    has_passed = required("has_passed", record.has_passed)
    limit = _limit(case, record)
    _see_day(case, record.now)
    age_h = Fraction((record.now - last) // timedelta(microseconds=1), MICROSECONDS_PER_HOUR)
    reason = LockReason.NONE if age_h <= limit.value else LockReason.OVERDUE
    if not record.is_uploaded:
        reason = LockReason.NOT_UPLOADED
    if not has_passed:
        reason = LockReason.FAILED
    inputs |= {"last_check_at": last.isoformat(), "passed": "yes" if has_passed else "no"}
    inputs |= {"uploaded": "yes" if record.is_uploaded else "no"} | _locked(reason)
    card = held(case, Subject("lockout", Quantity.CHECK_AGE, limit, inputs), age_h, _said(reason, age_h, limit))
    if reason in (LockReason.FAILED, LockReason.NOT_UPLOADED):
        card = replace(card, outcome=Outcome.FAIL, reason=_said(reason, age_h, limit), limit=None)
        card = replace(card, comparison=None, margin=None)
    return Judgement((card,))


def _locked(reason: LockReason) -> dict[str, str]:
    return {"locked": "no" if reason is LockReason.NONE else "yes", "lock_reason": reason.value}


def _said(reason: LockReason, age_h: Fraction, limit: Limit) -> Message:
    if reason is LockReason.FAILED:
        return Message("standards.lockout.failed")
    if reason is LockReason.NOT_UPLOADED:
        return Message("standards.lockout.not_uploaded")
    return Message("standards.lockout.overdue", {"age": f"{cut(age_h, 2):f}", "interval": plain(limit.value)})


def _never(case: Case, subject: Subject) -> VerdictCard:
    locked = replace(subject, inputs=subject.inputs | _locked(LockReason.NEVER_DONE))
    return replace(invalid(case, locked, Message("standards.lockout.never_done")), outcome=Outcome.FAIL)


def _see_day(case: Case, now: datetime) -> None:
    if case.day not in (now.date(), now.astimezone(CHINA).date()):
        raise DataError(
            "standards.record.wrong_value",
            field="now",
            value=now.isoformat(),
            allowed=f"{case.day} (date of the record)",
        )


def _past(last: datetime, now: datetime) -> datetime:
    """See that a check lies before the moment, and that both times can be compared."""
    if (last.tzinfo is None) != (now.tzinfo is None):
        raise DataError(
            "standards.record.wrong_value", field="last_check_at", value=last.isoformat(), allowed=now.isoformat()
        )
    if last > now:
        raise DataError(
            "standards.record.future", field="last_check_at", value=last.isoformat(), latest=now.isoformat()
        )
    return last


def _limit(case: Case, record: Lockout) -> Limit:
    """Return how old the check may be: as the record gives it, as the month demands it, or as the tables have it."""
    city = record.city or City(case.choice("city"))
    limit = expected(case.limit(Quantity.CHECK_AGE, check=record.check, city=city), Bound.AT_MOST)
    if record.interval_h is not None:
        between("interval_h", record.interval_h, 0, MOST_HOURS, above=True)
        return own(limit, Bound.AT_MOST, interval_h=record.interval_h)
    if record.check is Check.LOW_GAS and city is City.GUANGZHOU:
        return replace(limit, figures=(cut(_hours(record.now, week_since(record.now))),))
    is_monthly = case.choice("parasitic_schedule") == MonthlyRule.FIRST_WEEK
    if record.check is not Check.PARASITIC_POWER or not is_monthly:
        return limit
    hours = _hours(record.now, demanded_since(record.now))
    ground = case.edition.settings.at("parasitic_schedule", case.on).ground
    return replace(limit, figures=(cut(hours),), ground=ground)


def _hours(now: datetime, since: datetime) -> Fraction:
    return Fraction((now - since) // timedelta(microseconds=1), MICROSECONDS_PER_HOUR)


def week_since(now: datetime) -> datetime:
    """Return from when on a check of the first working day of a week counts: Monday, on Monday itself still the one before.

    Days off are not known here, so the first working day is always taken to be Monday.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=now.weekday() or WEEK_DAYS)


def demanded_since(now: datetime) -> datetime:
    """Return from when on a monthly check counts: the first of this month, in its first week still that of the last."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if now.day > WEEK_DAYS:
        return first
    return (first - timedelta(days=1)).replace(day=1)
