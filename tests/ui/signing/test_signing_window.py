"""The signer's day: the oldest report first, the own PIN, the next one; by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.tables import FaultKind, TableFault, ValueChange
from carcheck_desktop.ui.signing.state import Side
from carcheck_desktop.ui.signing.window import SigningWindow
from tests.ui import scenes as control_scenes
from tests.ui import signing_scenes as scenes
from tests.ui.frame_hands import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key


class Signer(Hands):
    """A signer at the window."""

    window: SigningWindow

    def plate(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return shown.report.plate.text if shown.report is not None else ""

    def values(self) -> list[str]:
        """The first column of the table with its results, from the top."""
        table = self.window.body.report.values.view.rows.rows
        return [f"{row.cells[0].text} {row.cells[1].text} {row.cells[-1].text}" for row in table]

    def sentence(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return shown.actions.sentence

    def signed(self, visit: str, number: int) -> None:
        """The fact of a signature comes over the feed."""
        self.script.tell(
            f.ReportSigned(visit, f"report-{number}-1", 1, "cd" * 32, "0.1.0", "ab" * 32, scenes.SIGNER, "ef" * 32, "01" * 64),
            actor=scenes.SIGNER,
        )  # fmt: skip
        self.settle()


@pytest.fixture
def signer(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Signer]:
    control_scenes.settled_at_once(monkeypatch)

    def made(**given: object) -> Signer:
        window, script = scenes.at_work("zh_CN", **given)  # type: ignore[arg-type]
        return Signer(window, script, scenes.settle)

    return made


def test_the_oldest_report_is_large_and_the_keyboard_is_in_the_pin(signer: Callable[..., Signer]) -> None:
    hand = signer()
    assert hand.plate() == "粤B39C71"
    assert hand.focus() == "sign_pin"


def test_failed_values_stand_first_with_their_limits(signer: Callable[..., Signer]) -> None:
    hand = signer()
    assert hand.values()[:3] == [
        "行车制动 · 2 轴 轴制动率 不合格",
        "行车制动 · 2 轴 制动不平衡率 不合格",
        "整车 整车制动率 不合格",
    ]
    assert all(each.endswith(" 合格") for each in hand.values()[3:])


def test_the_pin_and_enter_sign_and_the_next_report_comes_by_itself(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.type("2468")
    hand.enter()
    assert hand.sent() == [c.SignReport("v1", "report-17-1", "2468")]
    hand.answer({"report_id": "report-17-1", "revision": 1})
    assert hand.plate() == "粤BD28837"
    assert hand.focus() == "sign_pin"
    hand.signed("v1", 17)
    assert "000017 已签发" in " ".join(toast.text for toast in hand.window.body.shown.toasts)  # type: ignore[union-attr]
    assert [row.key for row in hand.window.body.queue.rows.rows] == ["v2", "v3"]


def test_the_pin_is_forgotten_when_it_was_sent(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.type("2468")
    hand.enter()
    field = hand.window.findChild(QLineEdit, "sign_pin")
    assert field is not None
    assert field.text() == ""
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_enter_without_a_pin_signs_nothing_and_says_why(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.enter()
    assert hand.sent() == []
    assert "PIN" in hand.sentence()
    assert hand.focus() == "sign_pin"


def test_a_wrong_pin_is_said_and_the_report_waits_still(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.type("1111")
    hand.enter()
    hand.script.service.answer(refusal=Problem("desk.signing.wrong_pin", {"actor": scenes.SIGNER}))
    hand.settle()
    assert "PIN 不正确" in hand.reads()
    assert hand.plate() == "粤B39C71"
    hand.type("2")
    assert "PIN 不正确" not in hand.reads()


def test_who_tested_the_car_reads_what_he_did_and_cannot_sign(signer: Callable[..., Signer]) -> None:
    hand = signer(name="王建国")
    assert "您启动了这辆车的检测" in hand.reads()
    hand.type("2468")
    hand.enter()
    assert hand.sent() == []


def test_a_manager_looks_on_and_signs_nothing(signer: Callable[..., Signer]) -> None:
    hand = signer(role=Role.MANAGER, name="何敏")
    hand.type("2468")
    hand.enter()
    assert hand.sent() == []
    assert "授权签字人" in hand.sentence()


def test_arrow_keys_go_through_the_queue_from_the_pin(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.press(Key.Key_Down)
    assert hand.plate() == "粤BD28837"
    hand.press(Key.Key_Up)
    assert hand.plate() == "粤B39C71"
    hand.press(Key.Key_F6)
    assert hand.plate() == "粤BD28837"


def test_f4_shows_the_paper_as_it_prints(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.press(Key.Key_F4)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.report is not None
    assert shown.report.side is Side.PAPER
    assert hand.window.body.report.paper.isVisible()
    assert "机动车安全技术检验报告" in hand.reads()


def test_a_report_is_sent_back_with_a_reason_and_never_without(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.press(Key.Key_F8)
    hand.enter()
    assert hand.sent() == []
    hand.type("2 轴左轮轴荷明显偏小")
    hand.enter()
    assert hand.sent() == [c.RejectReport("v1", "report-17-1", "2 轴左轮轴荷明显偏小")]
    hand.answer({"report_id": "report-17-1"})
    assert hand.plate() == "粤BD28837"


def test_after_a_recheck_the_newest_revision_is_signed_beside_what_was_before(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    control_scenes.settled_at_once(monkeypatch)
    window, script = scenes.connected()
    hand = Signer(window, script, scenes.settle)
    scenes.waits(script, "v1", "粤B39C71", 17, scenes.WEAK)
    scenes.again(script, "v1", "粤B39C71", 17, scenes.GOOD, attempt=2)
    hand.settle()
    assert "第 2 版" in hand.reads()
    hand.type("2468")
    hand.enter()
    assert hand.sent() == [c.SignReport("v1", "report-17-2", "2468")]


def test_a_report_that_another_signer_signed_meanwhile_leaves_the_queue(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.signed("v1", 17)
    assert hand.plate() == "粤BD28837"


def test_nobody_signs_while_the_service_is_away(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.script.service_down()
    hand.settle()
    hand.type("2468")
    hand.enter()
    assert hand.sent() == []
    assert "失去联系" in hand.sentence()


def test_a_session_that_is_over_leads_back_to_the_sign_in(signer: Callable[..., Signer]) -> None:
    hand = signer()
    hand.type("2468")
    hand.enter()
    hand.script.service.answer(refusal=Problem("domain.access.session_over", {"kind": "sign_report", "actor": "-"}))
    hand.settle()
    assert hand.window.station.session is None
    assert hand.focus() == "sign_in_pin"


def test_a_rejected_report_says_who_and_why_and_enter_makes_it_anew(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    control_scenes.settled_at_once(monkeypatch)
    window, script = scenes.connected()
    hand = Signer(window, script, scenes.settle)
    scenes.waits(script, "v1", "粤B39C71", 17, scenes.GOOD)
    script.tell(f.ReportRejected("v1", "report-17-1", 1, "2 轴左轮轴荷明显偏小"), actor="何敏")
    hand.settle()
    assert "何敏 已退回：2 轴左轮轴荷明显偏小" in hand.reads()
    hand.enter()
    assert hand.sent() == [c.RemakeReport("v1", "report-17-1")]


def test_while_a_limit_is_changed_the_signer_reads_file_and_key_and_cannot_sign(signer: Callable[..., Signer]) -> None:
    hand = signer()
    change = ValueChange("limit axle_brake_rate.front value", "60", "20")
    fault = TableFault("gb38900-2020.toml", FaultKind.CHANGED, "ab" * 32, "cd" * 32, (change,))
    hand.script.tell(f.TablesChecked((fault,)), actor="system")
    hand.settle()
    hand.type("2468")
    hand.enter()
    assert hand.sent() == []
    shown = hand.window.body.shown
    assert shown is not None
    (banner,) = shown.banners
    assert "gb38900-2020.toml" in banner.detail
    assert "limit axle_brake_rate.front value: 60 → 20" in banner.detail
    assert "上线检测和打印照常" in banner.detail
    assert hand.sentence() == "标准限值表与批准的不一致，签发已锁定"
    hand.script.tell(f.TablesChecked(()), actor="system")
    hand.settle()
    hand.enter()
    assert hand.sent() == [c.SignReport("v1", "report-17-1", "2468")]
