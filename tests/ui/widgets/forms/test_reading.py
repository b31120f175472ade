"""What people type is understood, and what is not clear is not guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.ui.widgets.forms.reading.dates import read_date
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberFault, NumberRule, read_number
from carcheck_desktop.ui.widgets.forms.reading.plates import (
    PROVINCES,
    PlateFault,
    PlateShape,
    clean_plate,
    provinces_for,
    read_plate,
    split_plate,
)

TODAY = date(2026, 3, 2)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WIDE = str.maketrans(
    "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ-.,",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＳＴＵＶＷＸＹＺ－．，",
)
MASS = NumberRule("kg", Decimal(600), Decimal(3000))
FINE = NumberRule("m", Decimal(-10), Decimal(10000), places=3)


@given(DAYS)
def test_every_usual_spelling_of_a_day_is_the_same_day(day: date) -> None:
    spellings = (
        day.isoformat(), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month:02}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f" {day.year} {day.month} {day.day} ", day.isoformat().translate(WIDE),
    )  # fmt: skip
    assert {read_date(text, TODAY) for text in spellings} == {day}


@given(st.dates(date(1947, 1, 1), date(2046, 12, 31)))
def test_a_year_of_two_digits_is_of_this_or_the_last_century(day: date) -> None:
    assert read_date(f"{day:%y%m%d}", TODAY) == day
    assert read_date(f"{day:%y}-{day.month}-{day.day}", TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "2014", "201405", "2014-02-30", "12/05/2014", "12052014", "1234567", "99999999", "今天", "2014-5", "²⁰"],
)
def test_what_is_no_whole_day_is_not_guessed(text: str) -> None:
    # six digits are a day with a short year only when they make one
    assert read_date(text, TODAY) is None


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_the_readers(text: str) -> None:
    read_date(text, TODAY)
    read_number(text, FINE)
    plate = read_plate(text)
    assert (plate.shape is None) == (plate.fault is not None)


@given(st.decimals(-10, 10000, places=3))
def test_a_number_is_read_in_every_spelling(value: Decimal) -> None:
    whole = f"{value:f}"
    # a comma before three digits could part thousands as well, so that the spelling has two or no decimals
    short = f"{value:.2f}"
    assert read_number(whole, FINE).value == value
    assert read_number(whole.translate(WIDE), FINE).value == value
    assert read_number(f"{whole} m", FINE).value == value
    assert read_number(short.replace(".", ","), FINE).value == Decimal(short)
    assert read_number(f"{value:,.2f}", FINE).value == Decimal(short)


@given(st.integers(600, 3000))
def test_a_whole_number_may_have_its_thousands_parted(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value:,}".replace(",", " "), f"{value}KG", f"{value} ｋｇ"):
        assert read_number(text, MASS).value == Decimal(value)
        assert read_number(text, MASS).fault is None


@pytest.mark.parametrize(
    ("text", "rule", "fault"),
    [
        ("", MASS, NumberFault.EMPTY),
        (" kg", MASS, NumberFault.EMPTY),
        ("15oo", MASS, NumberFault.NO_NUMBER),
        ("1.2.3", FINE, NumberFault.NO_NUMBER),
        ("1e3", MASS, NumberFault.NO_NUMBER),
        ("٣", MASS, NumberFault.NO_NUMBER),
        ("9" * 40, MASS, NumberFault.NO_NUMBER),
        ("1,500", FINE, NumberFault.AMBIGUOUS),
        ("1500.5", MASS, NumberFault.TOO_FINE),
        ("599", MASS, NumberFault.TOO_SMALL),
        ("-700", MASS, NumberFault.TOO_SMALL),
        ("3001", MASS, NumberFault.TOO_LARGE),
    ],
)
def test_a_number_that_cannot_be_taken_says_why(text: str, rule: NumberRule, fault: NumberFault) -> None:
    assert read_number(text, rule).fault is fault


def test_a_number_out_of_range_is_still_known() -> None:
    assert read_number("3001", MASS).value == 3001


def test_a_full_stop_before_three_digits_is_a_decimal_point() -> None:
    assert read_number("1.500", FINE).value == Decimal("1.5")
    assert read_number("1.500", MASS).value == Decimal("1.5")


LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLATES = st.builds(
    lambda province, letter, serial: province + letter + serial,
    st.sampled_from(list(PROVINCES)),
    st.sampled_from(LETTERS),
    st.text(alphabet=LETTERS + "0123456789", min_size=5, max_size=5),
)


@given(PLATES)
def test_a_plate_is_read_however_it_is_written(plate: str) -> None:
    for text in (plate, plate.lower(), f" {plate[:2]}·{plate[2:]} ", plate.translate(WIDE), f"{plate[:2]} {plate[2:]}"):
        assert read_plate(text).text == plate
        assert read_plate(text).shape is PlateShape.USUAL
    assert split_plate(plate) == (plate[0], plate[1:])
    assert split_plate(plate[1:], "粤") == ("粤", plate[1:])


@given(st.text(max_size=12))
def test_cleaning_a_plate_twice_changes_nothing(text: str) -> None:
    assert clean_plate(clean_plate(text)) == clean_plate(text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("粤BD28837", PlateShape.NEW_ENERGY_SMALL),
        ("粤B12345D", PlateShape.NEW_ENERGY_LARGE),
        ("粤B1234挂", PlateShape.TRAILER),
        ("粤B1234学", PlateShape.LEARNER),
        ("粤B1234警", PlateShape.POLICE),
        ("粤Z1234港", PlateShape.BORDER),
        ("粤A0123领", PlateShape.CONSULATE),
        ("粤X1234应急", PlateShape.EMERGENCY),
    ],
)
def test_every_kind_of_plate_is_known_by_its_characters(text: str, shape: PlateShape) -> None:
    assert read_plate(text).shape is shape


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", PlateFault.EMPTY),
        ("粤", PlateFault.EMPTY),
        ("B12345", PlateFault.PROVINCE),
        ("粤B1O345", PlateFault.LETTER_I_O),
        ("粤B12", PlateFault.TOO_SHORT),
        ("粤B12345678", PlateFault.SHAPE),
        ("粤112345", PlateFault.SHAPE),
    ],
)
def test_what_is_no_plate_says_why(text: str, fault: PlateFault) -> None:
    assert read_plate(text).fault is fault


def test_provinces_are_found_by_their_letters_and_the_own_one_is_first() -> None:
    assert provinces_for("y", "粤") == ("粤", "豫", "渝", "云")
    assert provinces_for("YUE") == ("粤",)
    assert provinces_for("j")[0] == "京"
    assert provinces_for("o") == ()
    assert len(provinces_for("")) == 31
