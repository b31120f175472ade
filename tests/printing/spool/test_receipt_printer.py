"""A receipt printer asked before, sent to and asked after: printed, surely not printed, or in doubt; with every way to die."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.base.station_printers import StationPrinter
from carcheck_desktop.printing.spool.outcomes import (
    Asking,
    Dropped,
    InDoubt,
    NotPrinted,
    Outcome,
    Printed,
    Rendered,
)
from carcheck_desktop.printing.spool.receipt import ReceiptPrinter
from tests.printing.spool.conftest import SHORT, WITH_ID, WITHOUT_ID, Desk, page

Desks = Callable[..., Desk]
PAGE = page()
BOTH = pytest.mark.parametrize("profile", [WITH_ID, WITHOUT_ID])


class Told:
    """Remembers what a printer asked and told."""

    def __init__(self, *, wanted: bool = True, at_begin: Callable[[], None] = lambda: None) -> None:
        self.begun = 0
        self.codes: list[tuple[str, bool]] = []
        self.late: list[str] = []
        self._wanted = wanted
        self._at_begin = at_begin

    def begin(self) -> bool:
        self.begun += 1
        self._at_begin()
        return self._wanted

    def waiting(self, problem: Problem | None, begun: bool) -> None:
        self.codes.append((problem.code.rpartition(".")[2] if problem else "goes on", begun))

    def asking(self) -> Asking:
        return Asking(self.begin, self.waiting, self.late.append)


def printed(desk: Desk, told: Told | None = None, content: bytes = PAGE, paper: str = "paper-1") -> Outcome:
    return receipt_printer(desk).print_page(paper, Rendered(content), (told or Told()).asking())


def receipt_printer(desk: Desk) -> ReceiptPrinter:
    return ReceiptPrinter(desk.settings, desk.settings.profile == WITH_ID, SHORT)


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, NotPrinted | InDoubt)
    return outcome.problem.code.rpartition(".")[2]


@BOTH
def test_a_page_is_printed_when_the_printer_says_so_after_the_cut(desks: Desks, profile: str) -> None:
    desk, told = desks(profile=profile), Told()
    assert printed(desk, told) == Printed()
    assert desk.pages() == [PAGE]
    assert (told.begun, told.codes) == (1, [])


def test_a_serial_printer_is_printed_on_the_same_way(desks: Desks, tmp_path: Path) -> None:
    desk = desks("keys", path=tmp_path / "line")
    assert printed(desk) == Printed()
    assert desk.pages() == [PAGE]


def test_a_page_much_longer_than_the_memory_comes_out_whole(desks: Desks) -> None:
    desk, long_page = desks(), page(lines=4000)
    assert len(long_page) > 65536
    printer = receipt_printer(desk)
    desk.fake._machine.memory = 8192  # a cheap printer
    outcome = printer.print_page("paper-1", Rendered(long_page[:30000] + long_page[-3:]), Told().asking())
    assert outcome == Printed()
    assert [len(each) for each in desk.pages()] == [30003]


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ("cover_open", "cover_open"),
        ("paper_out", "paper_out"),
        ("cutter_error", "cutter"),
        ("offline", "offline"),
        ("silent", "silent"),
        ("stall", "silent"),
        ("garbage", "unknown_status"),
        ("two_bytes", "unknown_status"),
        ("hangs_up", "hung_up"),
    ],
)
def test_a_printer_that_is_not_well_gets_no_byte_of_the_page(desks: Desks, switch: str, said: str) -> None:
    desk, told = desks(), Told()
    desk.switch(**{switch: True})
    assert code(printed(desk, told)) == said
    assert told.begun == 0
    desk.switch(**{switch: False})
    time.sleep(0.05)
    assert desk.pages() == []


def test_a_printer_without_power_gets_no_byte(desks: Desks) -> None:
    desk = desks()
    desk.switch(power_off=True)
    time.sleep(0.05)
    outcome = printed(desk)
    assert isinstance(outcome, NotPrinted)
    assert code(outcome) == "unreachable"
    assert outcome.problem.params["connection"] == desk.settings.connection


def test_paper_that_is_nearly_at_its_end_still_prints(desks: Desks) -> None:
    desk = desks()
    desk.switch(paper_near_end=True)
    assert printed(desk) == Printed()


def test_a_page_that_nobody_wants_any_more_is_not_sent(desks: Desks) -> None:
    desk = desks()
    assert printed(desk, Told(wanted=False)) == Dropped()
    time.sleep(0.05)
    assert desk.pages() == []


@BOTH
@pytest.mark.parametrize(("dies", "pages"), [("dies_before_cut", 0), ("dies_after_cut", 1)])
def test_a_printer_that_dies_after_the_last_byte_leaves_a_doubt(
    desks: Desks, profile: str, dies: str, pages: int
) -> None:
    desk = desks(profile=profile)
    desk.switch(**{dies: True})
    outcome = printed(desk)
    assert isinstance(outcome, InDoubt)
    assert code(outcome) == "lost"
    desk.switch_off_and_on()
    time.sleep(0.05)
    assert len(desk.pages()) == pages


def test_a_power_cut_in_the_middle_leaves_a_doubt_and_half_a_page(desks: Desks) -> None:
    desk = desks()
    long_page = page(lines=400)
    cut = threading.Timer(0.1, desk.switch, kwargs={"power_off": True})
    cut.start()
    assert isinstance(printed(desk, content=long_page), InDoubt)
    cut.join()
    assert desk.pages() == []
    assert len(list(desk.tray.glob("*.torn"))) == 1


def test_a_printer_that_stalls_after_the_last_byte_leaves_a_doubt_in_time(desks: Desks) -> None:
    desk, told = desks(), Told()
    stall = threading.Timer(0.05, desk.switch, kwargs={"stall": True})
    stall.start()
    outcome = printed(desk, told, content=page(lines=400))
    stall.join()
    assert isinstance(outcome, InDoubt)
    assert code(outcome) == "silent_after"
    assert ("silent", True) in told.codes
    desk.switch_off_and_on()
    assert desk.pages() == []


@BOTH
def test_answers_that_turn_to_noise_leave_a_doubt_never_a_printed_page(desks: Desks, profile: str) -> None:
    desk = desks(profile=profile)
    told = Told(at_begin=lambda: desk.switch(garbage=True, dies_before_cut=False, cutter_error=True))
    outcome = printed(desk, told)
    assert isinstance(outcome, InDoubt)
    assert code(outcome) == "silent_after"
    assert outcome.problem.params["noise"] != "-"


def test_paper_that_ends_in_the_middle_is_waited_for_and_the_page_goes_on(desks: Desks) -> None:
    desk, told = desks(), Told()
    desk.switch(paper_left_dots=150.0)

    def put_in_a_roll() -> None:
        while ("paper_out", True) not in told.codes:
            time.sleep(0.01)
        desk.switch(paper_out=False)

    person = threading.Thread(target=put_in_a_roll)
    person.start()
    assert printed(desk, told) == Printed()
    person.join()
    assert desk.pages() == [PAGE]
    assert told.codes == [("paper_out", True), ("goes on", True)]


def test_a_cover_that_stays_open_ends_in_a_doubt_after_the_patience(desks: Desks) -> None:
    desk = desks()
    told = Told(at_begin=lambda: desk.switch(cover_open=True))
    outcome = printed(desk, told)
    assert code(outcome) == "gave_up"
    assert isinstance(outcome, InDoubt)
    assert told.codes == [("cover_open", True)]


def test_half_the_speed_is_only_slow(desks: Desks) -> None:
    desk = desks()
    desk.switch(slow=True)
    assert printed(desk) == Printed()


@BOTH
def test_after_a_restart_the_printer_first_finishes_what_it_still_has(desks: Desks, profile: str) -> None:
    desk = desks(profile=profile)
    desk.switch(stall=True)
    with socket.create_connection(desk.settings.address) as before:
        before.sendall(PAGE)  # what a program sent that died
    assert isinstance(printed(desk), NotPrinted)
    desk.switch(stall=False)
    desk.soon(1)
    assert printed(desk, content=page("A018")) == Printed()
    assert desk.pages() == [PAGE, page("A018")]


@BOTH
def test_a_page_that_was_broken_off_is_marked_void_and_cut_off_before_the_next(desks: Desks, profile: str) -> None:
    desk = desks(profile=profile)
    with socket.create_connection(desk.settings.address) as before:
        before.sendall(PAGE[:-3])  # a program that died before the cut
        time.sleep(0.05)
    printer = receipt_printer(desk)
    printer.expect_remains()
    assert printer.print_page("paper-2", Rendered(page("A018")), Told().asking()) == Printed()
    void, good = desk.pages()
    assert "以上作废 VOID ABOVE".encode("gb18030") in void
    assert good == page("A018")
    assert printer.print_page("paper-3", Rendered(page("A019")), Told().asking()) == Printed()
    assert desk.pages()[2:] == [page("A019")]


def test_a_printer_still_busy_with_older_data_is_not_sent_a_page(desks: Desks) -> None:
    desk = desks()
    desk.switch(cutter_error=False)
    with socket.create_connection(desk.settings.address) as before:
        before.sendall(page(lines=4000)[:60000])
        time.sleep(0.05)
    assert code(printed(desk)) == "busy"


def test_a_late_answer_tells_which_page_of_an_earlier_time_is_out(desks: Desks) -> None:
    desk, told = desks(), Told()
    printer = ReceiptPrinter(desk.settings, has_process_id=True, patience=replace(SHORT, mend_s=0.4, barrier_s=2.0))
    begin = Told(at_begin=lambda: desk.switch(cover_open=True))
    assert code(printer.print_page("paper-1", Rendered(page(lines=300)), begin.asking())) == "gave_up"
    desk.switch(cover_open=False)
    assert printer.print_page("paper-2", Rendered(page("A018")), told.asking()) == Printed()
    assert told.late == ["paper-1"]
    first, void, second = desk.pages()
    assert (first, second) == (page(lines=300), page("A018"))
    assert b"VOID ABOVE" in void


def test_nothing_listens_there(tmp_path: Path) -> None:
    nobody = ReceiptPrinter(
        StationPrinter("keys", f"serial:{tmp_path}/none@9600", name="keys"), has_process_id=False, patience=SHORT
    )
    outcome = nobody.print_page("paper-1", Rendered(PAGE), Told().asking())
    assert isinstance(outcome, NotPrinted)
    assert code(outcome) == "unreachable"
    problem = nobody.look()
    assert problem is not None
    assert problem.code == "printing.spool.unreachable"


def test_a_look_prints_nothing_and_says_how_it_is(desks: Desks) -> None:
    desk = desks()
    printer = receipt_printer(desk)
    assert printer.look() is None
    desk.switch(cover_open=True)
    problem = printer.look()
    assert problem is not None
    assert problem.code == "printing.spool.cover_open"
    assert desk.pages() == []
