"""An owner at pickup: the ticket is scanned, papers come out, key and licence go back, the visit is closed; by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.custody import COUNTER, OWNER, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.ui.pickup.window import PickupWindow
from tests.ui import pickup_scenes as scenes
from tests.ui import scenes as control_scenes
from tests.ui.frame_hands import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
REPORT, NOTICE = DocumentKind.REPORT, DocumentKind.CERTIFICATE


class Owner(Hands):
    """Who serves an owner at the window."""

    window: PickupWindow

    def plate(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return shown.visit.plate.text if shown.visit is not None else ""

    def next(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return shown.actions.next.key

    def sentence(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return shown.actions.sentence

    def papers(self) -> dict[str, str]:
        return {row.title: row.trailing for row in self.window.body.visit.papers.rows.rows}

    def listed(self) -> list[tuple[str, str]]:
        rows = self.window.body.side.rows.rows
        return [(row.plate.text if row.plate else "", row.trailing) for row in rows]

    def scan(self, text: str) -> None:
        """A scanner types and ends with Enter."""
        self.press(Key.Key_F3)
        self.type(text)
        self.enter()

    def all_printed(self) -> None:
        scenes.printed(self.script, "v1", REPORT, "000017")
        scenes.printed(self.script, "v1", NOTICE, "000001")
        self.settle()


@pytest.fixture
def desk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Owner]:
    control_scenes.settled_at_once(monkeypatch)

    def made(visit: str = "", role: Role = Role.CLERK) -> Owner:
        window, script = scenes.at_work("zh_CN", visit, role=role)
        return Owner(window, script, scenes.settle)

    return made


def test_what_is_ready_stands_first_and_what_is_held_says_why(desk: Callable[..., Owner]) -> None:
    hand = desk()
    assert hand.listed() == [
        ("粤B39C71", "可取"),
        ("粤BD28837", "不合格"),
        ("桂C60H12", "办理中"),
        ("湘A7Q20K", "暂缓"),
    ]
    assert hand.focus() == "visit_search"
    assert "交强险" in hand.window.body.side.rows.rows[3].detail


def test_the_scanned_ticket_opens_its_car(desk: Callable[..., Owner]) -> None:
    hand = desk()
    hand.scan(f"http://jc.example.cn/t/{scenes.SECRET}")
    assert hand.plate() == "粤B39C71"
    assert hand.sent() == []


@pytest.mark.parametrize("typed", ["A017", "a17", "39C71", "粤B39"])
def test_a_ticket_number_or_a_part_of_the_plate_finds_the_car(desk: Callable[..., Owner], typed: str) -> None:
    hand = desk()
    hand.scan(typed)
    assert hand.plate() == "粤B39C71"


def test_a_ticket_of_another_station_finds_nothing_and_says_so(desk: Callable[..., Owner]) -> None:
    hand = desk()
    hand.scan("http://jc.example.cn/t/AAAAAAAAAAAAAAAAAAAAAA")
    assert hand.plate() == ""
    assert "没有找到" in hand.reads()


def test_enter_opens_the_car_that_is_ready_longest(desk: Callable[..., Owner]) -> None:
    hand = desk()
    hand.enter()
    assert hand.plate() == "粤B39C71"


def test_one_key_prints_every_paper_that_is_due(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    hand.enter()
    hand.answer({"paper_id": "p1"})
    hand.answer({"paper_id": "p2"})
    assert hand.sent() == [c.RequestPrint("v1", REPORT), c.RequestPrint("v1", NOTICE)]


def test_a_failed_car_gets_its_report_and_the_page_of_failed_items_and_no_notice(desk: Callable[..., Owner]) -> None:
    hand = desk("v2")
    hand.enter()
    hand.answer({"paper_id": "p1"})
    hand.answer({"paper_id": "p2"})
    assert hand.sent() == [c.RequestPrint("v2", REPORT), c.RequestPrint("v2", DocumentKind.FAILED_ITEMS)]


def test_the_ledger_is_seen_live(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    paper = scenes.queued(hand.script, "v1", REPORT, "000017")
    hand.settle()
    assert hand.papers()["检验报告 000017"] == "排队待打印"
    hand.script.tell(f.PaperPrinting("v1", paper, "pickup-1"), actor="system")
    hand.settle()
    assert hand.papers()["检验报告 000017"] == "正在打印"
    hand.script.tell(f.PaperPrinted("v1", paper, "pickup-1"), actor="system")
    hand.settle()
    assert hand.papers()["检验报告 000017"] == "已打出"


def test_what_is_not_insured_is_not_printed_and_says_what_is_next(desk: Callable[..., Owner]) -> None:
    hand = desk("v3")
    assert set(hand.papers().values()) == {"暂不能打印"}
    hand.press(Key.Key_F4)
    hand.enter()
    assert hand.sent() == []
    assert "保险公司" in hand.reads() or "保单" in hand.reads()


def test_once_it_is_insured_the_papers_can_be_printed(desk: Callable[..., Owner]) -> None:
    hand = desk("v3")
    scenes.insured(hand.script, "v3")
    hand.settle()
    assert hand.next() == "print"
    assert dict(hand.listed())["湘A7Q20K"] == "可取"


def test_of_a_paper_in_doubt_a_person_says_what_came_out_and_enter_says_nothing(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    paper = scenes.queued(hand.script, "v1", REPORT, "000017")
    hand.script.tell(f.PaperPrinting("v1", paper, "pickup-1"), actor="system")
    hand.script.tell(f.PaperInDoubt("v1", paper, "pickup-1", scenes.JAM), actor="system")
    hand.settle()
    assert "打印出来了吗" in hand.reads()
    hand.enter()
    assert hand.sent() == []
    hand.press(Key.Key_F9)
    assert hand.sent() == [c.AnswerPaper("v1", paper, came_out=True)]


def test_a_paper_that_did_not_come_out_is_said_with_the_other_key(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    paper = scenes.queued(hand.script, "v1", REPORT, "000017")
    hand.script.tell(f.PaperPrinting("v1", paper, "pickup-1"), actor="system")
    hand.script.tell(f.PaperInDoubt("v1", paper, "pickup-1", scenes.JAM), actor="system")
    hand.settle()
    hand.press(Key.Key_F10)
    assert hand.sent() == [c.AnswerPaper("v1", paper, came_out=False)]
    hand.answer({})
    hand.script.tell(f.PaperAnswered("v1", paper, came_out=False), actor=scenes.CLERK)
    hand.settle()
    assert hand.next() == "print"


def test_a_torn_paper_is_voided_and_printed_again_with_a_reason(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    paper = scenes.printed(hand.script, "v1", REPORT, "000017")
    hand.settle()
    hand.press(Key.Key_F7)
    hand.enter()
    assert hand.sent() == []
    hand.type("卡纸撕破")
    hand.enter()
    assert hand.sent() == [c.Reprint("v1", paper, "卡纸撕破")]


def test_papers_call_key_and_end_follow_each_other_on_enter(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    hand.all_printed()
    assert hand.next() == "call"
    hand.enter()
    hand.answer({"call_id": "call-v1"})
    scenes.called(hand.script, "v1")
    hand.settle()
    assert hand.next() == "hand"
    hand.enter()
    hand.answer({"tag": 12})
    hand.answer({"tag": 12})
    hand.answer({})
    assert hand.sent() == [
        c.CallOwner("v1", CallTo.PICKUP),
        c.HandOver("v1", (Thing.KEY,), scenes.BOARD, OWNER),
        c.HandOver("v1", (Thing.LICENCE,), COUNTER, OWNER),
        c.EndCall("v1", "call-v1", CallEnd.ANSWERED),
    ]
    scenes.returned(hand.script, "v1")
    hand.settle()
    assert hand.next() == "close"
    hand.enter()
    hand.answer({})
    assert hand.sent()[-1] == c.CloseVisit("v1")
    assert hand.plate() == ""
    assert hand.focus() == "visit_search"


def test_an_owner_who_comes_uncalled_gets_key_and_licence_with_f6(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    hand.all_printed()
    hand.press(Key.Key_F6)
    assert hand.sent() == [c.HandOver("v1", (Thing.KEY,), scenes.BOARD, OWNER)]


def test_a_visit_is_not_closed_with_the_key_out(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    hand.all_printed()
    hand.press(Key.Key_F8)
    assert c.CloseVisit("v1") not in hand.sent()
    assert hand.next() != "close"


def test_a_printer_without_paper_is_said_while_it_waits(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    for kind, number in ((REPORT, "000017"), (NOTICE, "000001")):
        paper = scenes.queued(hand.script, "v1", kind, number)
        hand.script.tell(f.PaperWaits("v1", paper, "pickup-1", scenes.JAM, begun=False), actor="system")
    hand.settle()
    assert hand.next() == "wait"
    assert "缺纸" in hand.sentence()


def test_what_the_service_refuses_is_said_with_its_next_step(desk: Callable[..., Owner]) -> None:
    hand = desk("v1")
    hand.enter()
    hand.script.service.answer(refusal=Problem("desk.papers.unsigned", {"plate": "粤B39C71"}))
    hand.settle()
    assert "签" in " ".join(each.text + each.detail for each in hand.window.body.shown.banners)  # type: ignore[union-attr]
    hand.press(Key.Key_Escape)
    assert hand.window.presenter.problem is None
    assert hand.plate() == "粤B39C71"


def test_who_may_not_close_or_call_is_told(desk: Callable[..., Owner]) -> None:
    hand = desk("v1", role=Role.LANE_CONTROLLER)
    hand.press(Key.Key_F5)
    assert hand.sent() == []


def test_escape_leads_back_to_the_next_owner(desk: Callable[..., Owner]) -> None:
    hand = desk()
    hand.scan("A018")
    assert hand.plate() == "粤BD28837"
    hand.press(Key.Key_Escape)
    assert hand.plate() == ""
    assert hand.focus() == "visit_search"


def test_a_failed_cars_row_sends_its_owner_to_the_counter_for_the_recheck(app: QApplication) -> None:
    window, _ = scenes.at_work()
    row = next(each for each in window.body.side.rows.rows if each.plate is not None and each.plate.text == "粤BD28837")
    assert "到窗口办理复检" in row.detail
    window.close()
