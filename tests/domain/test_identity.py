"""Plates and VINs: written one way; what looks unusual is advice and never more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.messages import Severity
from carcheck_desktop.domain.identity import (
    VIN_VALUES,
    normalised_plate,
    normalised_vin,
    plate_advice,
    vin_advice,
    vin_check_digit,
)
from carcheck_desktop.domain.vehicle import PlateKind

VINS = ("1M8GDM9AXKP042788", "11111111111111111")
"""The two examples every description of the check digit (49 CFR 565) gives."""


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("粤b·12345", "粤B12345"),
        (" 粤Ｂ１２３４５ ", "粤B12345"),
        ("b12345", "粤B12345"),
        ("bd12345", "粤BD12345"),
        ("12", "12"),
    ],
)
def test_a_plate_is_written_one_way_however_it_was_typed(typed: str, plate: str) -> None:
    assert normalised_plate(typed, "粤") == plate


def test_a_vin_is_written_one_way() -> None:
    assert normalised_vin(" 1m8gdm9axkp 042788") == VINS[0]


@pytest.mark.parametrize("vin", VINS)
def test_a_published_vin_has_a_right_check_digit(vin: str) -> None:
    assert vin_check_digit(vin) == vin[8]
    assert vin_advice(vin) == ()


@given(st.sampled_from(VINS), st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPRSTUVWXYZ"))
def test_another_value_anywhere_but_in_place_nine_is_seen(vin: str, place: int, sign: str) -> None:
    values = {**{str(digit): digit for digit in range(10)}, **VIN_VALUES}
    changed = vin[:place] + sign + vin[place + 1 :]
    if place != 8 and values[sign] != values[vin[place]]:
        assert [each.code for each in vin_advice(changed)] == ["domain.identity.vin_check"]


@pytest.mark.parametrize(
    ("vin", "code"),
    [("LSV123", "vin_length"), ("IM8GDM9AXKP042788", "vin_letters"), ("1M8GDM9A1KP042788", "vin_check")],
)
def test_an_unusual_vin_is_advice(vin: str, code: str) -> None:
    (advice,) = vin_advice(vin)
    assert (advice.code, advice.severity) == (f"domain.identity.{code}", Severity.WARNING)


@pytest.mark.parametrize(
    ("plate", "kind", "codes"),
    [
        ("粤B12345", PlateKind.SMALL_CAR, []),
        ("粤BD12345", PlateKind.NEW_ENERGY_SMALL, []),
        ("粤B12345D", PlateKind.NEW_ENERGY_LARGE, []),
        ("使123456", PlateKind.EMBASSY_CAR, []),
        ("粤O12345", PlateKind.SMALL_CAR, ["plate_letters"]),
        ("粤BD12345", PlateKind.SMALL_CAR, ["plate_length"]),
        ("粤B12345", PlateKind.NEW_ENERGY_SMALL, ["plate_length"]),
        ("粤BX12345", PlateKind.NEW_ENERGY_SMALL, ["plate_energy"]),
    ],
)
def test_what_is_unusual_about_a_plate_is_said(plate: str, kind: PlateKind, codes: list[str]) -> None:
    assert [each.code.removeprefix("domain.identity.") for each in plate_advice(plate, kind)] == codes
