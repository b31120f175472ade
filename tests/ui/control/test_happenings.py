"""What happened while nobody looked."""

from __future__ import annotations

from datetime import timedelta

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.telling.happenings import Happening, Place, of_entry, of_visits, rows
from carcheck_desktop.ui.control.telling.log import AWAY_S, KEPT, Log
from carcheck_desktop.ui.control.telling.summary import summary_state
from carcheck_desktop.ui.theme.tokens import Tone
from tests.ui.desk import Desk
from tests.ui.scripted import START, Script, busy_day


def heard() -> tuple[Log, Log, dict[str, VisitView]]:
    """Return the same day once as facts arrived and once from the views alone."""
    script = Script()
    station = Station(script.service, script.lane_link)
    script.service_up()
    station.drain()
    script.lane_up("1")
    busy_day(script)
    from_facts, from_views = Log(0.0), Log(0.0)
    for entry in station.drain().entries:
        happening = of_entry(entry, station.visits)
        if happening is not None:
            from_facts.add([happening], 0.0)
    from_views.add(of_visits(station.visits.values()), 0.0)
    return from_facts, from_views, station.visits


def line(number: int, *, lane: str = "", trouble: bool = False) -> Happening:
    at = START + timedelta(seconds=number)
    what = Message("ui.happened.opened")
    return Happening(f"k{number:05}", at, Tone.NEUTRAL, "plus", what, Place(lane), is_trouble=trouble)


def test_a_window_that_starts_late_tells_the_same_past() -> None:
    from_facts, from_views, _ = heard()
    assert {each.key for each in from_views.newest()} <= {each.key for each in from_facts.newest()}
    assert len(from_views.newest()) >= 10


def test_snapshot_and_facts_do_not_double(words: Words) -> None:
    from_facts, _, visits = heard()
    before = len(from_facts.newest())
    from_facts.add(of_visits(visits.values()), 0.0)
    assert len(from_facts.newest()) == before
    assert rows(from_facts, words, 0.0)[0].title


def test_what_fell_into_an_absence_is_marked_until_it_was_seen() -> None:
    log = Log(0.0)
    log.add([line(5)], 5.0)
    assert not log.touched(20.0)
    log.add([line(100)], 100.0)
    assert not log.is_unseen(line(5), 30.0)
    assert log.is_unseen(line(100), 20.0 + AWAY_S)
    assert log.touched(300.0)
    log.add([line(310)], 310.0)
    assert log.is_unseen(line(100), 301.0)
    assert not log.is_unseen(line(310), 320.0)
    log.seen()
    assert not log.is_unseen(line(100), 302.0)


def test_a_clock_that_steps_marks_nothing_as_seen_or_unseen() -> None:
    log = Log(0.0)
    log.touched(10.0)
    log.add([line(-90_000), line(90_000)], 11.0)
    assert not log.touched(12.0)
    assert not any(log.is_unseen(each, 12.0) for each in log.newest())
    assert all(log.is_unseen(each, 12.0) for each in log.newest()) is False
    log.add([line(-80_000)], 13.0)
    assert log.touched(13.0 + AWAY_S)
    assert log.is_unseen(line(-80_000), 14.0 + AWAY_S)


def test_trouble_from_before_this_window_stays_unseen_and_the_rest_is_not_counted() -> None:
    log = Log(0.0)
    log.recall([line(1), line(2, trouble=True)])
    assert [log.is_unseen(each, 1.0) for each in log.newest()] == [True, False]


def test_the_list_stays_bounded_keeps_the_newest_and_says_since_when() -> None:
    log = Log(0.0)
    log.since = START
    log.add((line(number) for number in range(KEPT * 2)), 0.0)
    assert len(log.newest()) == KEPT
    assert log.newest()[0].key == f"k{KEPT * 2 - 1:05}"
    assert log.since == START + timedelta(seconds=KEPT)


def test_the_summary_puts_lanes_with_trouble_first_and_trouble_first_in_each(words: Words) -> None:
    log = Log(0.0)
    log.add([line(1, lane="1"), line(2, lane="2"), line(3, lane="2", trouble=True), line(4, lane="2")], 5.0)
    log.touched(10.0 + AWAY_S)
    state = summary_state(log, ("1", "2"), words, 11.0 + AWAY_S)
    assert [row.key for row in state.rows] == ["group:2", "k00003", "k00004", "k00002", "group:1", "k00001"]
    assert state.rows[0].trailing == "问题 1"
    assert "4" in state.title


def test_a_window_started_anew_tells_stops_and_refusals_out_of_the_journal(words: Words) -> None:
    before = Desk(words)
    busy_day(before.script)
    before.script.stopped()
    heard = before.station.drain().entries
    desk = Desk(words, connect=False)
    desk.script.service.past = list(heard)
    desk.connect()
    desk.presenter.memory.toggle()
    summary = desk.presenter.state().summary
    assert summary is not None
    assert any("停止" in row.title and row.is_new for row in summary.rows)
    assert "09:1" in summary.since


def test_a_row_of_the_summary_leads_to_its_lane_and_item(words: Words) -> None:
    desk = Desk(words)
    busy_day(desk.script)
    desk.drain()
    desk.presenter.choice.choose_lane("2")
    desk.presenter.memory.lead("item r-v0-B1")
    assert desk.presenter.choice.lane == "1"
    assert desk.detail.items_title.startswith("粤BD28837")
    assert [card.value for card in desk.detail.result.cards] == ["52.1", "28.4"]
    desk.presenter.choice.choose_lane("1")
    assert desk.detail.items_title.endswith("第 1 次检验")


def test_looking_back_repeats_nothing(words: Words) -> None:
    desk = Desk(words)
    busy_day(desk.script)
    desk.script.braked("v1", "B2")
    desk.drain()
    desk.presenter.memory.lead("item r-v0-B1")
    assert not desk.presenter.do("repeat")
