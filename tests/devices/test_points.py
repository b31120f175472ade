"""Points: numbers in words, qualities, and block reads planned from a table."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, IntFlag

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import Area, Codec, PointTable, Quality, Query, Register, WordOrder
from carcheck_desktop.devices.api.points import Field
from tests.devices.plant import BEAT, HEATER, MAGIC, POINTS, PRESSURE, SERIAL, TARGET, TEMPERATURE

BOUNDS = {
    Codec.U16: (0, 0xFFFF),
    Codec.I16: (-0x8000, 0x7FFF),
    Codec.U32: (0, 0xFFFFFFFF),
    Codec.I32: (-0x80000000, 0x7FFFFFFF),
}


@pytest.mark.parametrize("order", WordOrder)
@pytest.mark.parametrize("codec", BOUNDS)
@given(data=st.data())
def test_every_whole_number_survives_its_words(codec: Codec, order: WordOrder, data: st.DataObject) -> None:
    register = Register("x", Area.INPUT, 0, codec)
    number = data.draw(st.integers(*BOUNDS[codec]))
    cells = register.cells_of(number, order)
    assert len(cells) == codec.words
    assert all(0 <= cell <= 0xFFFF for cell in cells)
    assert register.raw_of(cells, order) == number


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_every_float_survives_its_words(number: float) -> None:
    assert PRESSURE.raw_of(PRESSURE.cells_of(number)) == number


def test_the_test_float_of_the_convention_lies_high_word_first() -> None:
    # protocols/convention-modbus-project.md: "1-2 f32 test value 1234.5", high word first (ABCD)
    assert PRESSURE.cells_of(1234.5) == [0x449A, 0x5000]
    assert PRESSURE.raw_of([0x5000, 0x449A], WordOrder.CDAB) == 1234.5


@pytest.mark.parametrize(("codec", "number"), [(Codec.U16, -1), (Codec.I16, 40000), (Codec.U32, 2**32)])
def test_a_number_that_does_not_fit_is_refused(codec: Codec, number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Register("x", Area.HOLDING, 0, codec).cells_of(number)


@pytest.mark.parametrize(
    ("raw", "value", "quality"),
    [
        (215, Decimal("21.5"), Quality.GOOD),
        (-400, Decimal(-40), Quality.GOOD),
        (801, Decimal("80.1"), Quality.OUT_OF_RANGE),
        (0x7FFF, None, Quality.SENSOR_FAULT),
    ],
)
def test_a_value_says_whether_it_may_be_used(raw: int, value: Decimal | None, quality: Quality) -> None:
    assert TEMPERATURE.value_of(raw) == (value, quality)


def test_a_float_that_is_no_number_is_a_sensor_fault() -> None:
    assert PRESSURE.value_of(float("nan")) == (None, Quality.SENSOR_FAULT)
    assert PRESSURE.value_of(float("inf")) == (None, Quality.SENSOR_FAULT)


class Mode(IntEnum):
    OFF = 0
    ON = 1


class Bits(IntFlag):
    READY = 1
    FAULT = 0x8000


def test_codes_and_flags_have_names_and_unknown_codes_are_kept_as_bad() -> None:
    mode = Register("mode", Area.INPUT, 0, meaning=Mode)
    assert mode.value_of(1) == (Mode.ON, Quality.GOOD)
    assert mode.value_of(7) == (7, Quality.OUT_OF_RANGE)
    assert Register("bits", Area.INPUT, 0, meaning=Bits).value_of(0x8001) == (Bits.READY | Bits.FAULT, Quality.GOOD)


def blocks(points: list[Register], max_gap: int = 0) -> list[tuple[Area, int, int]]:
    return [(one.area, one.address, one.count) for one in PointTable(*points, max_gap=max_gap).plan(points)]


def test_neighbours_are_read_together_and_gaps_only_where_the_map_allows() -> None:
    points = [BEAT, PRESSURE, MAGIC, TEMPERATURE, TARGET, HEATER]
    assert blocks(points) == [(Area.COIL, 0, 1), (Area.HOLDING, 0, 1), (Area.INPUT, 0, 3), (Area.INPUT, 10, 2)]
    assert (Area.INPUT, 0, 12) in blocks(points, max_gap=7)
    assert (Area.INPUT, 0, 12) not in blocks(points, max_gap=6)


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from([Codec.U16, Codec.F32])), max_size=60, unique_by=lambda x: x[0]
    ),
    st.integers(0, 200),
)
def test_a_plan_covers_every_point_and_keeps_the_limit_of_a_request(
    places: list[tuple[int, Codec]], max_gap: int
) -> None:
    points = [Register(f"p{address}", Area.INPUT, address, codec) for address, codec in places]
    table = PointTable(*points, max_gap=max_gap)
    planned = table.plan(points)
    assert sorted(register.name for block in planned for register, _ in block.registers) == sorted(
        point.name for point in points
    )
    for block in planned:
        assert 1 <= block.count <= 125
        for register, offset in block.registers:
            assert block.address + offset == register.address
            assert offset + register.codec.words <= block.count


def test_two_points_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="share a name"):
        PointTable(MAGIC, MAGIC)


def test_a_table_finds_registers_and_queries() -> None:
    query = Query("weigh", 0x68, 20, (Field("left", 3, 7),))
    table = PointTable(MAGIC, query)
    assert table.registers == (MAGIC,)
    assert table.queries == (query,)
    assert table["weigh"] is query
    assert query.field("left").stop == 7
    assert "serial" in POINTS
    assert len(POINTS) == 7
    assert SERIAL.end == 3
