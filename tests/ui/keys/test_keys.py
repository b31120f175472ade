"""The keys window: my next car, take and hang up in two taps, who holds what since when, cars that come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing
from carcheck_desktop.domain.facts import TicketIssued
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.ticket import secret_digest
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.keys.correcting import CorrectSheet
from carcheck_desktop.ui.keys.state import Listed, Page
from carcheck_desktop.ui.keys.window import KeysWindow
from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet
from tests.ui import keys_scenes as scenes
from tests.ui.scenes import settled_at_once
from tests.ui.scripted import Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ME = Holder(Place.PERSON, "吴刚")


@pytest.fixture(autouse=True)
def at_once(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settled_at_once(monkeypatch)
    yield
    for window in app.topLevelWidgets():
        window.close()
    # without an event loop nobody deletes closed windows, and every later one is styled together with them
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sent(script: Script) -> c.Command:
    """Return what was sent last."""
    return script.service.sent[-1]


def driver() -> tuple[KeysWindow, Script]:
    return scenes.at_work(role=Role.LANE_DRIVER, name="吴刚")


def shown(window: KeysWindow) -> KeysWindow:
    window.show()
    scenes.settle(window)
    return window


def test_a_driver_sees_the_first_car_whose_key_hangs_and_takes_it_with_one_press() -> None:
    window, script = driver()
    state = window.presenter.state()
    assert state.car is not None
    assert (state.car.plate.text, state.car.number, state.car.doing) == (
        "粤B39C71",
        "A011",
        "取 1 号钥匙，把车开到检测线",
    )
    window.body.buttons.primary.click()
    assert sent(script) == c.HandOver("v1", (Thing.KEY,), Holder(Place.KEY_BOARD, "1"), ME)
    scenes.handed(script, "v1", scenes.hook(1), ME, 1, actor="吴刚")
    script.service.answer({"tag": 1})
    scenes.settle(window)
    state = window.presenter.state()
    assert state.car is not None
    assert state.car.doing == "把车开到检测线"
    assert [toast.text for toast in state.toasts] == ["粤B39C71：已交 吴刚"]
    window.body.buttons.primary.click()
    assert sent(script) == c.HandOver("v1", (Thing.KEY,), ME, Holder(Place.KEY_BOARD))


def test_a_key_that_somebody_else_has_is_not_mine_to_take_and_says_whose_it_is() -> None:
    window, script = driver()
    window.presenter.choose("v4")
    window.refresh()
    bar = window.presenter.state().actions
    assert not bar.next.enabled
    assert scenes.DRIVER in bar.sentence
    window.body.buttons.primary.click()
    assert not any(isinstance(each, c.HandOver) for each in script.service.sent)


def test_the_chain_says_who_gave_what_to_whom_when_and_who_corrected_it() -> None:
    window, _ = driver()
    window.presenter.choose("v4")
    car = window.presenter.state().car
    assert car is not None
    assert [link.title for link in car.chain] == ["赵大伟 → 孙强", "车主 → 赵大伟"]
    assert car.chain[0].detail == "钥匙 · 李小燕 更正：交接时漏记"
    assert [pair.label for pair in car.pairs] == ["钥匙", "行驶证"]
    assert car.pairs[0].value.startswith("孙强 · 自 ")
    assert car.pairs[1].value == "车主"


def test_the_key_board_shows_hooks_with_their_cars_ones_own_first() -> None:
    window, _ = scenes.at_work(role=Role.LANE_DRIVER, name=scenes.DRIVER)
    cars = window.presenter.state().cars
    assert [(row.key, row.trailing) for row in cars.rows] == [("v4", "3 号"), ("v1", "1 号"), ("v3", "2 号")]
    assert cars.rows[0].detail.startswith("在我手里")
    assert cars.rows[1].detail.startswith("已上板")


def test_a_guide_sees_who_waits_in_turn_booked_ones_first_within_their_slot() -> None:
    window, _ = scenes.at_work()
    state = window.presenter.state()
    assert window.presenter.which is Listed.TURN
    assert [row.key for row in state.cars.rows] == ["gate", "v1", "v2", "v3"]
    assert state.car is not None
    assert (state.car.plate.text, state.car.doing) == ("粤BD28837", "向车主收取钥匙")


def test_a_guide_takes_key_and_licence_together() -> None:
    window, script = scenes.at_work()
    window.act("take_both")
    assert sent(script) == c.HandOver("gate", (Thing.KEY, Thing.LICENCE), OWNER, Holder(Place.PERSON, scenes.GUIDE))


def test_key_and_licence_go_back_to_the_owner_from_where_they_are_after_a_question() -> None:
    window, script = scenes.at_work()
    window.presenter.choose("v1")
    shown(window)
    window.act("give_back")
    sheet = window.findChild(Sheet, "give_back")
    assert sheet is not None
    before = len(script.service.sent)
    sheet.press_enter()
    assert script.service.sent[before:] == [
        c.HandOver("v1", (Thing.KEY,), scenes.hook(1), OWNER),
        c.HandOver("v1", (Thing.LICENCE,), COUNTER, OWNER),
    ]


def test_a_driver_is_not_offered_what_only_who_meets_owners_may_do() -> None:
    window, _ = driver()
    assert window.presenter.state().actions.others == ()


def test_an_owner_is_called_to_the_window() -> None:
    window, script = scenes.at_work()
    window.act("call")
    assert sent(script) == c.CallOwner("gate", CallTo.WINDOW)
    script.service.answer({"call_id": "call-1"})
    scenes.settle(window)
    assert "B003" in window.presenter.state().toasts[0].text


@pytest.mark.parametrize(
    ("scanned", "wanted"),
    [
        ("A013", "v3"),
        ("https://station.example/t/" + "s" * 22, "v2"),
        ("a13", "v3"),
        ("2", "v3"),
        ("粤b 39c71", "v1"),
        ("7Q20", "v2"),
    ],
)  # fmt: skip
def test_ticket_tag_hook_number_or_plate_lead_to_the_car(scanned: str, wanted: str) -> None:
    window, script = driver()
    script.tell(TicketIssued("v2", "A012", secret_digest("s" * 22)))
    shown(window)
    window.body.side.search.setFocus()
    window.body.side.search.setText(scanned)
    QTest.keyClick(window.body.side.search, Qt.Key.Key_Return)
    car = window.presenter.car()
    assert car is not None
    assert car.visit_id == wanted
    assert window.body.side.search.text() == ""
    assert not any(isinstance(each, c.HandOver) for each in script.service.sent), "a scan hands nothing over"


def test_what_belongs_to_no_car_here_is_said_without_repeating_a_secret() -> None:
    window, _ = driver()
    secret = "https://station.example/t/" + "x" * 22
    window.presenter.find(secret)
    (toast,) = window.presenter.state().toasts
    assert toast.text.startswith("没有找到这辆车")
    assert "x" * 22 not in toast.text + toast.detail


def test_a_car_that_comes_is_noted_with_its_key_in_two_steps() -> None:
    window, script = scenes.at_work()
    shown(window)
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert window.presenter.state().page is Page.ARRIVAL
    assert window.body.arrival.plate.control.hasFocus()
    window.body.arrival.plate.put("粤BD12345")
    window.presenter.choose_channel("app")
    window.refresh()
    QTest.keyClick(window.body.arrival.plate.control, Qt.Key.Key_Return)
    assert sent(script) == c.NoteArrival(
        "粤BD12345", PlateKind.NEW_ENERGY_SMALL, Channel.APP, takes=(Thing.KEY,)
    )  # fmt: skip
    script.service.answer({"visit_id": "new", "number": "B004", "tag": 4, "joined_by": ""})
    scenes.settle(window)
    assert window.presenter.state().page is Page.BOARD
    assert "B004" in window.presenter.state().toasts[0].text


def test_a_car_that_another_guide_noted_before_is_said_to_be_that_one() -> None:
    window, script = scenes.at_work()
    window.act("note")
    window.presenter.type_plate("粤B12F45")
    window.act("note_only")
    assert sent(script) == c.NoteArrival("粤B12F45", PlateKind.SMALL_CAR)
    script.service.answer({"visit_id": "gate", "number": "A020", "tag": None, "joined_by": "钱勇"})
    scenes.settle(window)
    assert "钱勇" in window.presenter.state().toasts[0].text


def test_a_plate_that_cannot_be_is_not_noted() -> None:
    window, script = scenes.at_work()
    window.act("note")
    window.presenter.type_plate("粤B12")
    bar = window.presenter.state().actions
    assert not bar.next.enabled
    assert bar.next.why_not
    window.refuse("note_take")
    assert not any(isinstance(each, c.NoteArrival) for each in script.service.sent)


def test_a_car_that_is_here_already_is_said_while_it_is_typed() -> None:
    window, _ = scenes.at_work()
    window.act("note")
    window.presenter.type_plate("粤B39C71")
    assert window.presenter.state().arrival.known == "这辆车已在站内，排队号 A011。"


def test_a_refusal_names_the_holder_above_the_car() -> None:
    window = scenes.refused("zh_CN")
    (banner,) = window.presenter.state().banners
    assert scenes.DRIVER in banner.detail


def test_while_the_service_is_away_the_last_state_stays_and_nothing_is_promised() -> None:
    window = scenes.service_away("zh_CN")
    state = window.presenter.state()
    assert state.car is not None
    assert not state.actions.next.enabled
    assert state.banners


def test_with_nothing_to_do_the_window_says_so() -> None:
    state = scenes.nobody_waits("zh_CN").presenter.state()
    assert state.car is None
    assert state.place is not None
    assert state.place.text == "现在没有要您办理的车辆"
    assert state.cars.place is not None
    assert scenes.connecting("zh_CN").presenter.state().page is Page.SIGN_IN


def test_the_window_is_made_for_thumbs_and_nothing_of_it_is_smaller_than_a_thumb() -> None:
    window = shown(scenes.guide("zh_CN"))
    assert look_of(window).density is TOUCH
    buttons = [window.body.buttons.primary, *window.body.buttons.others.values()]
    assert min(button.height() for button in buttons) >= 44


def test_a_clerk_corrects_the_record_with_a_reason_and_a_guide_is_not_asked() -> None:
    window, script = scenes.at_work(role=Role.CLERK, name="李小燕")
    window.presenter.choose("v4")
    shown(window)
    window.act("correct")
    sheet = window.findChild(CorrectSheet)
    assert sheet is not None
    sheet.press_enter()
    assert sheet.is_open, "nothing is corrected without a reason"
    sheet.reason.put("孙强挂回钥匙板时漏记")
    sheet.press_enter()
    assert sent(script) == c.CorrectCustody("v4", (Thing.KEY,), Holder(Place.KEY_BOARD), "孙强挂回钥匙板时漏记")
    guide, _ = scenes.at_work()
    assert "correct" not in [action.key for action in guide.presenter.state().actions.others]


def test_escape_goes_back_to_my_next_car() -> None:
    window, _ = driver()
    shown(window)
    window.presenter.choose("v3")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    car = window.presenter.car()
    assert car is not None
    assert car.visit_id == "v1"
