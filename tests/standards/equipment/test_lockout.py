"""When a device is locked: overdue to the microsecond, failed, not sent, never done, and by the month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard
from carcheck_desktop.standards.equipment.lockout import demanded_since
from carcheck_desktop.standards.explain import explain
from carcheck_desktop.standards.families.equipment_axes import Check
from tests.standards.exhaust_asking import FAIL, PASS, ask, case, code, only, refused

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 21, 8, tzinfo=CHINA)


def lock(
    last: datetime | None, more: str = "", check: str = "leak", now: datetime = NOW, passed: str = "true"
) -> VerdictCard:
    done = "" if last is None else f', "last_check_at": "{last.isoformat()}", "has_passed": {passed}'
    asked = case("equipment", now.date())
    return only(ask("lockout", f'{{"check": "{check}", "now": "{now.isoformat()}"{done}{more}}}', asked))


def test_a_daily_check_is_overdue_after_a_minute() -> None:
    found = lock(datetime(2026, 11, 20, 7, 59, tzinfo=CHINA), ', "interval_h": 24')
    assert f"{found.rounded:f}" == "24.0167"
    assert (found.outcome, found.inputs["locked"], found.inputs["lock_reason"]) == (FAIL, "yes", "overdue")
    assert code(found) == "standards.lockout.overdue"


@pytest.mark.parametrize(
    ("age", "outcome"),
    [(timedelta(hours=24), PASS), (timedelta(hours=24, microseconds=1), FAIL), (timedelta(0), PASS)],
)
def test_exactly_at_the_interval_a_device_is_open(age: timedelta, outcome: Outcome) -> None:
    found = lock(NOW - age)
    assert (found.outcome, found.inputs["locked"]) == (outcome, "no" if outcome is PASS else "yes")


def test_times_of_two_zones_are_the_same_moments() -> None:
    assert lock(datetime(2026, 11, 20, 0, tzinfo=UTC)).outcome is PASS
    assert lock(datetime(2026, 11, 19, 23, 59, tzinfo=UTC)).outcome is FAIL


def test_a_failed_check_locks_however_young_it_is() -> None:
    found = lock(NOW - timedelta(hours=1), passed="false")
    assert (found.outcome, found.inputs["lock_reason"], found.rounded) == (FAIL, "failed", Decimal("1.0000"))
    assert code(found) == "standards.lockout.failed"


def test_a_check_that_the_platform_does_not_have_locks() -> None:
    found = lock(NOW - timedelta(hours=1), ', "is_uploaded": false')
    assert (found.outcome, found.inputs["lock_reason"]) == (FAIL, "not_uploaded")


def test_a_failed_check_is_said_before_an_old_one() -> None:
    assert lock(NOW - timedelta(days=9), passed="false").inputs["lock_reason"] == "failed"


def test_a_check_that_was_never_done_locks() -> None:
    found = lock(None)
    assert (found.outcome, found.rounded, found.inputs["lock_reason"]) == (FAIL, None, "never_done")


@pytest.mark.parametrize(("city", "hours"), [("general", 24), ("nanjing", 24)])
def test_intervals_differ_by_city(city: str, hours: int) -> None:
    more = f', "city": "{city}"'
    assert lock(NOW - timedelta(hours=hours), more, "low_gas").outcome is PASS
    assert lock(NOW - timedelta(hours=hours, seconds=1), more, "low_gas").outcome is FAIL


@pytest.mark.parametrize(
    ("now", "since"),
    [("2026-11-21T08:00", "2026-11-16"), ("2026-11-17T08:00", "2026-11-16"), ("2026-11-16T08:00", "2026-11-09")],
)
def test_in_guangzhou_low_gas_is_wanted_on_the_first_working_day_of_a_week(now: str, since: str) -> None:
    moment, monday = (datetime.fromisoformat(each).replace(tzinfo=CHINA) for each in (now, since))
    more = ', "city": "guangzhou"'
    assert lock(monday, more, "low_gas", moment).outcome is PASS
    assert lock(monday - timedelta(seconds=1), more, "low_gas", moment).outcome is FAIL


def test_a_device_locked_for_another_reason_shows_no_interval_that_it_keeps() -> None:
    for found in (lock(NOW - timedelta(hours=1), passed="false"), lock(NOW, ', "is_uploaded": false')):
        assert (found.limit, found.comparison, found.margin) == (None, None, None)
        assert explain(found)


def test_a_moment_on_another_day_than_the_record_is_refused() -> None:
    text = f'{{"check": "leak", "now": "{NOW.isoformat()}"}}'
    for day in (date(2026, 11, 20), date(2026, 11, 22)):
        with pytest.raises(DataError) as caught:
            ask("lockout", text, case("equipment", day))
        assert caught.value.problem.params["field"] == "now"
    early = (
        '{"check": "leak", "now": "2026-11-20T16:30:00Z", "last_check_at": "2026-11-20T16:00:00Z", "has_passed": true}'
    )
    assert only(ask("lockout", early, case("equipment", NOW.date()))).outcome is PASS


def test_every_check_has_an_interval() -> None:
    for check in Check:
        assert lock(NOW - timedelta(hours=1), check=check.value).outcome is PASS
        assert lock(NOW - timedelta(days=400), check=check.value).outcome is FAIL


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-03-08T00:00", "2026-03-01"),
        ("2026-03-07T23:59", "2026-02-01"),
        ("2026-01-03", "2025-12-01"),
        ("2026-12-31", "2026-12-01"),
    ],
)
def test_parasitic_power_is_wanted_in_the_first_week_of_a_month(now: str, since: str) -> None:
    moment, first = (datetime.fromisoformat(each).replace(tzinfo=CHINA) for each in (now, since))
    assert demanded_since(moment) == first
    assert lock(first + timedelta(minutes=1), check="parasitic_power", now=moment).outcome is PASS
    assert lock(first - timedelta(minutes=1), check="parasitic_power", now=moment).outcome is FAIL


def test_an_interval_of_its_own_goes_before_the_month() -> None:
    assert lock(NOW - timedelta(hours=5), ', "interval_h": 4', "parasitic_power").outcome is FAIL


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('"last_check_at": "2026-11-21T08:00:01+08:00", "has_passed": true', "last_check_at"),
        ('"last_check_at": "2026-11-20T08:00:00+08:00"', "has_passed"),
        ('"last_check_at": "2026-11-20T08:00:00+08:00", "has_passed": true, "interval_h": 0', "interval_h"),
        ('"last_check_at": "2026-11-20T08:00:00+08:00", "has_passed": true, "interval_h": -24', "interval_h"),
        ('"last_check_at": "yesterday", "has_passed": true', "last_check_at"),
    ],
)
def test_what_cannot_be_is_refused(text: str, field: str) -> None:
    assert refused("lockout", f'{{"check": "leak", "now": "{NOW.isoformat()}", {text}}}') == field


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_an_older_check_never_opens_a_device(minutes: int, more: int) -> None:
    young, old = lock(NOW - timedelta(minutes=minutes)), lock(NOW - timedelta(minutes=minutes + more))
    assert not (young.outcome is FAIL and old.outcome is PASS)
