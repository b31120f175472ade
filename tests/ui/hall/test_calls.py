"""Owners are called on the board: the number, the masked plate, where to go; heard once; gone when answered."""

from __future__ import annotations

import io
import logging
import wave
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.domain.calls import MOST_CALLS, CallEnd, CallTo
from carcheck_desktop.domain.facts.ending import VisitClosed
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.hall.sound import Chime, chime_wav
from tests.ui.hall.board import Hall
from tests.ui.scripted import busy_day


def call(hall: Hall, visit_id: str, place: str = "2", to: CallTo = CallTo.WINDOW, name: str = "") -> None:
    hall.script.tell(f.OwnerCalled(visit_id, name or f"call-{visit_id}", to, place))


def noted(hall: Hall, visit_id: str, channel: Channel = Channel.WALK_IN, number: str = "A018") -> None:
    hall.script.tell(f.ArrivalNoted(visit_id, "粤B77Q21", PlateKind.SMALL_CAR, channel, None))
    hall.script.tell(f.TicketIssued(visit_id, number, "d"))


def test_a_call_shows_number_masked_plate_and_place_until_it_is_answered(hall: Hall) -> None:
    busy_day(hall.script)
    assert hall.state().calls is None
    hall.script.tell(f.TicketIssued("v2", "B017", "d"))
    call(hall, "v2")
    calls = hall.state().calls
    assert calls is not None
    (row,) = calls.rows
    assert (row.ticket, row.where, row.is_fresh) == ("B017", "请到 2 号窗口", True)
    assert "*" in row.plate.text
    hall.script.tell(f.CallEnded("v2", "call-v2", CallEnd.ANSWERED))
    assert hall.state().calls is None


def test_after_ninety_seconds_a_call_is_dimmer_and_stays(hall: Hall) -> None:
    busy_day(hall.script)
    call(hall, "v2")
    hall.state()
    hall.now_s += 91
    calls = hall.state().calls
    assert calls is not None
    assert not calls.rows[0].is_fresh


def test_the_newest_calls_are_shown_when_there_are_more_than_fit(hall: Hall) -> None:
    for number in range(5):
        hall.script.later(1)
        hall.script.opened(f"v{number}", f"粤B0000{number}")
        call(hall, f"v{number}", str(number))
    calls = hall.state().calls
    assert calls is not None
    assert [row.where for row in calls.rows] == [f"请到 {number} 号窗口" for number in (4, 3, 2)]
    assert (len(calls.rows), calls.more) == (MOST_CALLS, 2)


def test_an_owner_is_called_to_pickup_in_the_language_of_the_board() -> None:
    for language, words in (("zh_CN", "请到取件区"), ("en", "Pickup")):
        hall = Hall(language)
        busy_day(hall.script)
        call(hall, "v0", "", CallTo.PICKUP)
        calls = hall.state().calls
        assert calls is not None
        assert calls.rows[0].where == words


def test_a_car_that_is_only_noted_has_its_number_its_place_and_its_call(hall: Hall) -> None:
    busy_day(hall.script)
    noted(hall, "gate", Channel.APP, "B018")
    call(hall, "gate", "1")
    state = hall.state()
    row = next(row for row in state.rows if row.visit_id == "gate")
    assert (row.ticket, row.stage) == ("B018", "已到站 待受理")
    waiting = [row.visit_id for row in state.rows if row.visit_id in ("v2", "v3", "v4", "gate")]
    assert waiting[0] == "gate", "whoever booked is first within the slot, and the board says so"
    assert row.where == "下一辆"
    assert state.calls is not None
    assert state.lanes is not None
    assert state.lanes.queue == "等候 4 辆"


def test_a_call_is_heard_once_and_again_when_it_is_given_again(hall: Hall) -> None:
    busy_day(hall.script)
    hall.drain()
    assert not hall.presenter.is_called()
    call(hall, "v2")
    hall.drain()
    assert [hall.presenter.is_called() for _ in range(2)] == [True, False]
    hall.script.later(5)
    call(hall, "v2")
    hall.drain()
    assert hall.presenter.is_called()
    hall.script.tell(f.CallEnded("v2", "call-v2", CallEnd.ANSWERED))
    hall.drain()
    assert not hall.presenter.is_called()


def test_calls_of_before_the_board_was_switched_on_are_not_heard() -> None:
    hall = Hall()
    busy_day(hall.script)
    call(hall, "v2")
    hall.drain()
    assert not hall.presenter.is_called()


def test_a_screen_of_calls_says_when_nobody_is_called() -> None:
    hall = Hall(contents=(BoardContent.CALLS,))
    assert dict(hall.state().places)[BoardContent.CALLS].empty == "现在没有叫号"
    busy_day(hall.script)
    call(hall, "v2")
    assert BoardContent.CALLS not in dict(hall.state().places)


def test_a_picked_up_car_leaves_the_board_at_once(hall: Hall) -> None:
    busy_day(hall.script)
    assert "v0" in hall.rows()
    hall.script.tell(VisitClosed("v0"))
    assert "v0" not in hall.rows()


def test_the_chime_is_a_sound_of_about_a_second_that_does_not_clip() -> None:
    with wave.open(io.BytesIO(chime_wav())) as sound:
        length = timedelta(seconds=sound.getnframes() / sound.getframerate())
        frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert timedelta(seconds=0.8) < length < timedelta(seconds=2)
    assert 5_000 < max(frames) < 32_000


def test_without_a_player_that_is_said_once_and_nothing_fails(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        chime = Chime(platform="linux", find=lambda _: None)
        chime.play()
        chime.play()
    assert chime.is_silent
    assert len([record for record in caplog.records if "no sound" in record.message]) == 1


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/aplay"])
def test_a_missing_sound_device_is_said_once_in_the_log(
    qapp: QApplication, caplog: pytest.LogCaptureFixture, program: str, qtbot: object
) -> None:
    chime = Chime(platform="linux", find=lambda _: program)
    with caplog.at_level(logging.WARNING):
        chime.play()
        qtbot.waitUntil(lambda: chime.is_silent, timeout=2000)  # type: ignore[attr-defined]
        chime.play()
    assert len([record for record in caplog.records if "no sound" in record.message]) == 1


def test_a_player_that_works_is_asked_each_time(qapp: QApplication, qtbot: object) -> None:
    chime = Chime(platform="linux", find=lambda _: "/bin/true")
    for _ in range(2):
        chime.play()
        qtbot.waitUntil(lambda: chime._running is None, timeout=2000)  # type: ignore[attr-defined]
    assert not chime.is_silent
