"""The fake printer's inside: it prints at its speed, answers as a real one does, and only a cut page is out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.twin.printers.faults import PrinterFaults, set_switches
from carcheck_desktop.twin.printers.lexer import Act, next_token
from carcheck_desktop.twin.printers.machine import Machine

CUT = b"\x1dV\x00"
PAGE = b"\x1b@" + b"\x1c&" + "检验 A017\n".encode("gb18030") * 20 + b"\x1c." + CUT
ASK_ID = b"\x1d(H\x06\x0000J007"
ID_SAID = b"\x37\x22J007\x00"


def machine(**switches: bool | float) -> Machine:
    faults = PrinterFaults()
    set_switches(faults, switches)
    made = Machine(faults)
    made.advance(0.0)
    return made


def asked(printer: Machine, which: int) -> bytes:
    printer.answers.clear()
    printer.receive(b"\x10\x04" + bytes((which,)))
    return bytes(printer.answers)


def test_a_page_is_out_when_it_was_cut_and_not_before() -> None:
    printer = machine()
    printer.receive(PAGE[:-3])
    printer.advance(60.0)
    assert printer.pages == []
    printer.receive(CUT)
    printer.advance(61.0)
    assert printer.pages == [PAGE]


def test_printing_takes_its_time_and_the_process_id_comes_after_the_cut() -> None:
    printer = machine()
    printer.receive(PAGE + ASK_ID)
    printer.advance(0.1)
    assert (printer.pages, bytes(printer.answers)) == ([], b"")
    printer.advance(0.7)  # 20 lines of 30 dots at 1200 dots a second and the cut
    assert (printer.pages, bytes(printer.answers)) == ([PAGE], b"")
    printer.advance(0.81)
    assert bytes(printer.answers) == ID_SAID


def test_half_the_speed_takes_twice_as_long() -> None:
    printer = machine(slow=True)
    printer.receive(PAGE + ASK_ID)
    printer.advance(1.59)
    assert bytes(printer.answers) == b""
    printer.advance(1.61)
    assert bytes(printer.answers) == ID_SAID


@pytest.mark.parametrize(
    ("switches", "answers"),
    [
        ({}, (0x12, 0x12, 0x12, 0x12)),
        ({"offline": True}, (0x1A, 0x12, 0x12, 0x12)),
        ({"cover_open": True}, (0x1A, 0x16, 0x12, 0x12)),
        ({"paper_near_end": True}, (0x12, 0x12, 0x12, 0x1E)),
        ({"paper_out": True}, (0x1A, 0x32, 0x12, 0x7E)),
        ({"cutter_error": True}, (0x1A, 0x52, 0x1A, 0x12)),
    ],
)
def test_its_status_says_what_is_wrong(switches: dict[str, bool], answers: tuple[int, ...]) -> None:
    printer = machine(**switches)
    assert tuple(asked(printer, which)[0] for which in (1, 2, 3, 4)) == answers


def test_the_status_is_told_at_once_even_while_everything_waits_for_paper() -> None:
    printer = machine(paper_out=True)
    printer.receive(PAGE)
    printer.advance(9.0)
    assert printer.pages == []
    assert asked(printer, 4) == b"\x7e"
    printer.faults.paper_out = False
    printer.advance(9.1)
    printer.advance(30.0)
    assert len(printer.pages) == 1


def test_a_question_that_comes_in_two_pieces_is_answered_once() -> None:
    printer = machine()
    printer.receive(b"\x10")
    printer.receive(b"\x04")
    printer.receive(b"\x01\x10\x04\x04")
    assert bytes(printer.answers) == b"\x12\x12"


def test_a_power_cut_forgets_what_was_not_cut_and_leaves_half_a_page_hanging() -> None:
    printer = machine()
    printer.receive(PAGE)
    printer.advance(0.2)
    printer.lose_power()
    assert (printer.pages, len(printer.torn), bytes(printer.buffer)) == ([], 1, b"")
    printer.advance(90.0)
    assert printer.pages == []


@pytest.mark.parametrize(("name", "pages"), [("dies_before_cut", 0), ("dies_after_cut", 1)])
def test_it_can_die_when_everything_has_come(name: str, pages: int) -> None:
    printer = machine(**{name: True})
    printer.receive(PAGE + ASK_ID)
    printer.advance(9.0)
    assert (len(printer.pages), printer.faults.power_off, getattr(printer.faults, name)) == (pages, True, False)
    assert ID_SAID not in printer.answers


def test_the_knife_that_sticks_keeps_the_page() -> None:
    printer = machine(cutter_error=True)
    printer.receive(PAGE)
    printer.advance(9.0)
    assert printer.pages == []
    printer.faults.cutter_error = False
    printer.advance(9.1)
    assert printer.pages == [PAGE]


def test_a_roll_ends_in_the_middle_of_a_page_and_the_page_goes_on_with_the_next_roll() -> None:
    printer = machine(paper_left_dots=100.0)
    printer.receive(PAGE)
    printer.advance(9.0)
    assert printer.faults.paper_out
    assert printer.pages == []
    printer.faults.paper_out = False
    printer.advance(9.01)
    printer.advance(20.0)
    assert printer.pages == [PAGE]


@pytest.mark.parametrize(
    ("switch", "said"), [("silent", b""), ("garbage", b"\xff\x81\xc3"), ("two_bytes", b"\x12\x12")]
)
def test_it_can_answer_as_no_printer_should(switch: str, said: bytes) -> None:
    assert asked(machine(**{switch: True}), 1) == said


@pytest.mark.parametrize(
    ("command", "length", "act"),
    [
        (b"\x1b@x", 2, Act.SET),
        (b"\x1bd\x06x", 3, Act.FEED),
        (b"\x1dVA\x00x", 4, Act.CUT),
        (b"\x1dv0\x00\x02\x00\x03\x00" + bytes(6) + b"x", 14, Act.FEED),
        (b"\x1d(k\x03\x001Q0x", 8, Act.FEED),
        (b"\x1dkI\x04{B12x", 8, Act.FEED),
        (b"\x1dk\x0412\x00x", 6, Act.FEED),
        (ASK_ID + b"x", 11, Act.TELL_ID),
        (b"\x1dr\x01x", 3, Act.TELL_PAPER),
        (b"\x1c&x", 2, Act.SET),
        (b"\x1bp\x00\x19\xfax", 5, Act.SET),
        (b"\x1b*\x21\x02\x00" + bytes(6) + b"x", 11, Act.SET),
        (b"\x1b\x7fx", 2, Act.UNKNOWN),
        (b"\x07x", 1, Act.UNKNOWN),
    ],
)
def test_commands_end_where_the_reference_says(command: bytes, length: int, act: Act) -> None:
    token = next_token(command)
    assert token is not None
    assert (len(token.raw), token.act) == (length, act)
    for cut in range(1, length):
        partial = next_token(command[:cut])
        assert partial is None or len(partial.raw) <= cut


COMMANDS = (
    b"A017\n",
    "检验".encode("gb18030"),
    b"\x1c&",
    b"\x1ba\x01",
    b"\x1dv0\x00\x01\x00\x02\x00\x10\x04",
    b"\x1bd\x02",
    CUT,
)


@given(st.lists(st.sampled_from(COMMANDS), max_size=30), st.lists(st.integers(1, 9), max_size=30))
def test_nothing_that_comes_is_lost_or_doubled_however_it_is_cut_up(said: list[bytes], sizes: list[int]) -> None:
    whole = b"".join(said)
    printer = machine()
    at = 0
    for size in sizes:
        printer.receive(whole[at : at + size])
        at += size
        printer.advance(float(at))
    printer.receive(whole[at:])
    for later in range(10):
        printer.advance(1000.0 + later * 100)
    printer.lose_power()
    assert b"".join((*printer.pages, *printer.torn)) == whole
    assert len(printer.pages) == said.count(CUT)


def test_unknown_switches_set_nothing() -> None:
    faults = PrinterFaults()
    with pytest.raises(ValueError, match="unknown: coffee"):
        set_switches(faults, {"stall": True, "coffee": True})
    with pytest.raises(ValueError, match="stall"):
        set_switches(faults, {"stall": 1.0})
    assert not faults.stall
