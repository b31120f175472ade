"""Modbus frames: any split, any noise, any changed bit; never a value that was not sent for us."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.devices.machinery.modbus.codec import (
    Answer,
    Framing,
    MasterCodec,
    Request,
    SlaveCodec,
    answer_bytes,
)

words = st.integers(0, 0xFFFF)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    unit, address = draw(st.integers(1, 247)), draw(st.integers(0, 0xFF00))
    function = draw(st.sampled_from([1, 2, 3, 4, 5, 6, 16]))
    if function <= 4:
        return Request(unit, function, address, draw(st.integers(1, 125)))
    if function == 5:
        return Request(unit, 5, address, 1, (draw(st.integers(0, 1)),))
    if function == 6:
        return Request(unit, 6, address, 1, (draw(words),))
    values = tuple(draw(st.lists(words, min_size=1, max_size=40)))
    return Request(unit, 16, address, len(values), values)


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[Request, tuple[int, ...]]:
    request = draw(requests())
    if request.function > 4:
        return request, ()
    one = st.integers(0, 1) if request.function <= 2 else words
    return request, tuple(draw(st.lists(one, min_size=request.count, max_size=request.count)))


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    at = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(at)]


def heard(slave: SlaveCodec, chunks: Sequence[bytes]) -> list[Request]:
    return [request for chunk in chunks for request in slave.feed(chunk)]


def answered(master: MasterCodec, chunks: Sequence[bytes]) -> Answer | None:
    for chunk in chunks:
        answer = master.feed(chunk)
        if answer is not None:
            return answer
    return master.settle()


@pytest.mark.parametrize("framing", Framing)
@given(exchange=exchanges(), places=st.lists(st.integers(0, 300), max_size=8), exception=st.integers(0, 4))
def test_an_exchange_survives_any_split(
    framing: Framing, exchange: tuple[Request, tuple[int, ...]], places: list[int], exception: int
) -> None:
    request, values = exchange
    master, slave = MasterCodec(framing), SlaveCodec(framing)
    found = heard(slave, cut(master.request(request), places))
    assert [(one.unit, one.function, one.address, one.count, one.values) for one in found] == [
        (request.unit, request.function, request.address, request.count, request.values)
    ]
    frame = slave.refuse(found[0], exception) if exception else slave.answer(found[0], values)
    if not exception:
        assert len(frame) == answer_bytes(request, framing)
    answer = answered(master, cut(frame, places))
    assert answer == Answer(request.unit, request.function, () if exception else values, exception)
    assert master.take_foreign() == []


@given(exchange=exchanges(), bit=st.integers(0, 10_000))
def test_one_changed_bit_never_gives_a_value(exchange: tuple[Request, tuple[int, ...]], bit: int) -> None:
    request, values = exchange
    master, slave = MasterCodec(Framing.RTU), SlaveCodec(Framing.RTU)
    frame = bytearray(slave.answer(slave.feed(master.request(request))[0], values))
    frame[bit // 8 % len(frame)] ^= 1 << bit % 8
    assert answered(master, [bytes(frame)]) is None


@given(exchange=exchanges(), bit=st.integers(0, 10_000))
def test_one_changed_bit_never_gives_a_request(exchange: tuple[Request, tuple[int, ...]], bit: int) -> None:
    frame = bytearray(MasterCodec(Framing.RTU).request(exchange[0]))
    frame[bit // 8 % len(frame)] ^= 1 << bit % 8
    slave = SlaveCodec(Framing.RTU)
    assert slave.feed(bytes(frame)) + slave.settle() == []


@settings(max_examples=200)
@given(
    exchange=exchanges(),
    before=st.binary(max_size=30),
    behind=st.binary(max_size=30),
    places=st.lists(st.integers(0, 300), max_size=5),
)
def test_noise_around_an_answer_neither_hides_nor_changes_it(
    exchange: tuple[Request, tuple[int, ...]], before: bytes, behind: bytes, places: list[int]
) -> None:
    request, values = exchange
    master, slave = MasterCodec(Framing.RTU), SlaveCodec(Framing.RTU)
    frame = slave.answer(slave.feed(master.request(request))[0], values)
    answer = answered(master, cut(before + frame + behind, places))
    assert answer == Answer(request.unit, request.function, values)


@settings(max_examples=200)
@given(
    data=st.binary(max_size=400),
    framing=st.sampled_from(list(Framing)),
    places=st.lists(st.integers(0, 400), max_size=5),
)
def test_after_any_noise_the_next_exchange_works(data: bytes, framing: Framing, places: list[int]) -> None:
    master, slave = MasterCodec(framing), SlaveCodec(framing)
    heard(slave, cut(data, places))
    slave.settle()
    request = Request(3, 4, 100, 2)
    master.request(request)
    answered(master, cut(data, places))
    found = slave.feed(master.request(request))
    assert len(found) == 1
    assert master.feed(slave.answer(found[0], (7, 8))) == Answer(3, 4, (7, 8))


FOREIGN = [
    Request(2, 4, 0, 2),  # another unit
    Request(1, 3, 0, 2),  # another function
    Request(1, 4, 0, 3),  # another length
    Request(1, 6, 0, 1, (5,)),  # a write's echo
]


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_foreign_frame_is_counted_and_never_a_value(framing: Framing, foreign: Request) -> None:
    master, slave = MasterCodec(framing), SlaveCodec(framing)
    asked = slave.feed(master.request(Request(1, 4, 0, 2)))[0]
    other = Request(foreign.unit, foreign.function, foreign.address, foreign.count, foreign.values, asked.tid)
    frame = slave.answer(other, (0,) * foreign.count if foreign.function <= 4 else ())
    assert master.feed(frame) is None
    assert [why for _, why in master.take_foreign()] == ["frame"]
    assert master.feed(slave.answer(asked, (1, 2))) == Answer(1, 4, (1, 2))


def test_an_answer_inside_a_foreign_frame_is_not_believed_however_it_is_split() -> None:
    master, slave = MasterCodec(Framing.RTU), SlaveCodec(Framing.RTU)
    asked = slave.feed(master.request(Request(1, 4, 0, 2)))[0]
    inner = slave.answer(asked, (1, 2))
    inner += b"\0" * (len(inner) % 2)
    payload = tuple(int.from_bytes(inner[at : at + 2], "big") for at in range(0, len(inner), 2))
    outer = slave.answer(Request(9, 3, 0, len(payload) + 2), (*payload, 0, 0))
    for at in range(1, len(outer)):
        assert master.feed(outer[:at]) is None
        assert master.feed(outer[at:]) is None
        assert master.settle() is None
        assert master.take_foreign() == [(outer[:-2], "frame")]


def test_a_late_answer_over_tcp_is_told_by_its_number() -> None:
    master, slave = MasterCodec(Framing.TCP), SlaveCodec(Framing.TCP)
    old = slave.feed(master.request(Request(1, 4, 0, 1)))[0]
    new = slave.feed(master.request(Request(1, 4, 50, 1)))[0]
    assert master.feed(slave.answer(old, (1,))) is None
    assert master.feed(slave.answer(new, (2,))) == Answer(1, 4, (2,))


def test_an_answer_nobody_asked_for_is_foreign() -> None:
    master, slave = MasterCodec(Framing.RTU), SlaveCodec(Framing.RTU)
    assert master.feed(slave.answer(Request(1, 4, 0, 1), (5,))) is None
    assert len(master.take_foreign()) == 1


def test_the_worked_check_of_the_convention() -> None:
    # protocols/convention-modbus-project.md: "01 04 00 00 00 03 -> CRC bytes B0 0B"
    assert MasterCodec(Framing.RTU).request(Request(1, 4, 0, 3)) == bytes.fromhex("01 04 00 00 00 03 B0 0B")


def test_a_write_is_only_done_when_its_echo_is_exact() -> None:
    master, slave = MasterCodec(Framing.RTU), SlaveCodec(Framing.RTU)
    asked = slave.feed(master.request(Request(1, 6, 7, 1, (500,))))[0]
    for wrong in (Request(1, 6, 8, 1, (500,)), Request(1, 6, 7, 1, (501,))):
        assert master.feed(slave.answer(wrong)) is None
    assert master.feed(slave.answer(asked)) == Answer(1, 6)


def test_functions_that_are_not_spoken_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="15"):
        MasterCodec(Framing.RTU).request(Request(1, 15, 0, 8, (1,)))


def test_a_request_that_contradicts_itself_is_foreign() -> None:
    slave = SlaveCodec(Framing.TCP)
    two_words_but_three_counted = bytes.fromhex("0001 0000 000b 01 10 0000 0003 04 0001 0002")
    assert slave.feed(two_words_but_three_counted) == []
    neither_on_nor_off = bytes.fromhex("0001 0000 0006 01 05 0000 1234")
    assert slave.feed(neither_on_nor_off) == []
    assert len(slave.take_foreign()) == 2
