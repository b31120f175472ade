"""Figures, times and names as people read them, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.access import ALLOWED, Role
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.bridge.words import NOTHING, Words, clock_text, date_text, figure, short_time, signed

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[A-Za-z_]+\.[a-z_]+|\{\w+\}")
WORDS = {language: Words(Catalogue(language)) for language in LANGUAGES}
decimals = st.decimals(-(10**6), 10**6, places=6)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, NOTHING),
        ("0", "0"),
        ("60", "60"),
        ("60.0", "60.0"),
        ("24.50", "24.50"),
        ("67.373103087388", "67.373103…"),
        ("66.250000000000", "66.25"),
        ("3.0000000", "3"),
        ("1E+2", "100"),
        ("-2.5", "-2.5"),
        ("0.0000001", "0.000000…"),
    ],
)
def test_a_figure_is_shown_as_it_was_judged(value: str | None, shown: str) -> None:
    assert figure(None if value is None else Decimal(value)) == shown


@given(decimals)
def test_what_is_shown_whole_is_the_value_itself(value: Decimal) -> None:
    assert Decimal(figure(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_figure_that_is_cut_says_so_and_is_never_rounded_up(value: Decimal) -> None:
    shown = figure(value)
    seen = Decimal(shown.rstrip("…"))
    assert abs(seen) <= abs(value)
    assert (seen == value) != shown.endswith("…")


@given(decimals)
def test_a_margin_has_a_sign_that_is_no_hyphen(value: Decimal) -> None:
    shown = signed(value)
    assert shown[0] == ("−" if value < 0 else "+")
    assert Decimal(shown[1:]) == abs(value)
    assert signed(None) == NOTHING


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.integers(-100, 10**6))
def test_a_duration_says_its_hours_and_minutes_and_never_less_than_nothing(language: str, seconds: int) -> None:
    shown = WORDS[language].minutes(timedelta(seconds=seconds))
    minutes = max(0, seconds) // 60
    numbers = [int(number) for number in re.findall(r"\d+", shown)]
    if minutes >= 60:
        assert numbers == [minutes // 60, minutes % 60]
    elif minutes >= 1:
        assert numbers == [minutes]
    assert not CODE.search(shown)


@pytest.mark.parametrize(
    ("moment", "clock", "short"),
    [
        (None, NOTHING, NOTHING),
        (datetime(2026, 1, 5, 0, 0, 1, tzinfo=UTC), "08:00:01", "08:00"),
        (datetime(2026, 1, 5, 16, 5, 9, tzinfo=UTC), "00:05:09", "00:05"),
    ],
)
def test_times_are_those_of_the_station_wherever_the_pc_thinks_it_is(
    moment: datetime | None, clock: str, short: str
) -> None:
    assert (clock_text(moment), short_time(moment)) == (clock, short)


def test_dates_are_read_alike_in_every_language() -> None:
    assert (date_text(date(2026, 1, 5)), date_text(None)) == ("2026-01-05", NOTHING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Role, Outcome, ItemState, ItemKind])
def test_every_state_has_a_word_of_its_own(language: str, kind: type) -> None:
    shown = [WORDS[language].name(member) for member in kind]  # type: ignore[attr-defined]
    assert len(set(shown)) == len(shown)
    assert not any(CODE.search(word) for word in shown)
    assert all(bool(HAN.search(word)) == (language == "zh_CN") for word in shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ItemKind)
def test_an_item_names_its_axle_where_it_has_one(language: str, kind: ItemKind) -> None:
    words = WORDS[language]
    assert "2" in words.item(kind, 2)
    assert words.name(kind) in words.item(kind, 2)
    assert words.item(kind, 0) == words.name(kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_a_refusal_names_command_and_role_in_words_and_the_person_as_typed(
    language: str, role: Role, kind: str
) -> None:
    problem = Problem("domain.access.role_may_not", {"kind": kind, "actor": "李敏", "role": role.value})
    shown = " ".join(WORDS[language].lines(problem))
    assert "李敏" in shown
    assert kind not in shown.split()
    assert not CODE.search(shown)


def test_an_instrument_is_called_as_the_station_calls_it_and_else_by_its_name() -> None:
    words = Words(Catalogue("en"))
    lost = Message("lanes.door.device_lost.cause", {"lane": "1", "device": "bench", "port": "COM3"})
    before = words.message(lost)
    words.know({"bench": "roller brake tester"})
    assert words.message(lost) == before.replace("bench", "roller brake tester")
    assert words.message(None) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_of_instrument_that_is_not_known_yet_is_shown_as_it_is_called(language: str) -> None:
    assert WORDS[language].device_kind("SmokeMeter") == "SmokeMeter"
    assert WORDS[language].device_kind("BrakeTester") != "BrakeTester"
