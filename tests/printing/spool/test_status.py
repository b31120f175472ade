"""What a printer says: exactly one byte with its fixed bits is a status, everything else is unknown, never fine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.printing.spool.status import (
    Answer,
    Said,
    Trouble,
    answers_in,
    ask_done,
    ask_status,
    is_offline,
    is_paper_near_end,
    is_paper_out,
    trouble_of,
)


@given(st.integers(0, 255))
def test_a_byte_is_a_status_only_with_all_its_fixed_bits(byte: int) -> None:
    answers, rest = answers_in(bytes((byte,)))
    if byte == 0x37:  # may be the first byte of a process id
        assert (answers, rest) == ([], b"7")
        return
    (answer,) = answers
    has_fixed_bits = not byte & 1 and byte & 2 and byte & 16 and not byte & 128
    assert (answer.said is Said.STATUS) == bool(has_fixed_bits)
    assert (answer.said is Said.IN_TURN) == (byte < 16)


def test_a_process_id_is_heard_whole_wherever_the_line_cuts_it() -> None:
    whole = b"\x12\x37\x22J007\x00\x1a"
    said = [Answer(Said.STATUS, b"\x12"), Answer(Said.DONE, b"J007"), Answer(Said.STATUS, b"\x1a")]
    for cut in range(len(whole) + 1):
        first, rest = answers_in(whole[:cut])
        second, left = answers_in(rest + whole[cut:])
        assert first + second == said
        assert left == b""


@given(st.binary(max_size=60))
def test_noise_never_becomes_something_that_was_not_said(data: bytes) -> None:
    answers, rest = answers_in(data)
    wrapped = [b"\x37\x22" + each.raw + b"\x00" if each.said is Said.DONE else each.raw for each in answers]
    assert b"".join(wrapped) + rest == data


@pytest.mark.parametrize("damaged", [b"\x37\x22J00\x07\x00", b"\x37\x22J007\x01", b"\x37\x23J007\x00"])
def test_a_damaged_process_id_is_noise(damaged: bytes) -> None:
    assert Said.DONE not in [each.said for each in answers_in(damaged + b"\x12")[0]]


@pytest.mark.parametrize(
    ("cause", "error", "paper", "said"),
    [
        (0x16, 0x12, 0x12, Trouble.COVER_OPEN),
        (0x32, 0x12, 0x7E, Trouble.PAPER_OUT),
        (0x12, 0x12, 0x72, Trouble.PAPER_OUT),
        (0x52, 0x1A, 0x12, Trouble.CUTTER),
        (0x52, 0x32, 0x12, Trouble.BROKEN),
        (0x12, 0x12, 0x12, Trouble.OFFLINE),
        (None, None, None, Trouble.OFFLINE),
    ],
)
def test_why_a_printer_is_off_line(cause: int | None, error: int | None, paper: int | None, said: Trouble) -> None:
    assert trouble_of(cause, error, paper) is said


def test_the_bits_of_the_answers() -> None:
    assert (is_offline(0x1A), is_offline(0x12)) == (True, False)
    assert (is_paper_out(0x72), is_paper_out(0x1E)) == (True, False)
    assert (is_paper_near_end(0x1E), is_paper_near_end(0x12)) == (True, False)


def test_the_questions_are_those_of_the_reference() -> None:
    assert ask_status(4) == bytes.fromhex("10 04 04")
    assert ask_done(b"J007") == bytes.fromhex("1D 28 48 06 00 30 30 4A 30 30 37")
