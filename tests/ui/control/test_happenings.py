"""What happened while nobody looked."""

from __future__ import annotations

from datetime import timedelta

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.telling.happenings import KEPT, Happening, Log, of_entry, of_visits, rows
from carcheck_desktop.ui.theme.tokens import Tone
from tests.ui.scripted import START, Script, busy_day


def heard() -> tuple[Log, Log, dict[str, VisitView]]:
    """Return the same day once as facts arrived and once from the views alone."""
    script = Script()
    station = Station(script.service, script.lane_link)
    script.service_up()
    station.drain()
    script.lane_up("1")
    busy_day(script)
    from_facts, from_views = Log(), Log()
    for entry in station.drain().entries:
        happening = of_entry(entry, station.visits)
        if happening is not None:
            from_facts.add([happening])
    from_views.add(of_visits(station.visits.values()))
    return from_facts, from_views, station.visits


def line(number: int) -> Happening:
    return Happening(
        f"k{number}", START + timedelta(seconds=number), Tone.NEUTRAL, "plus", "", Message("ui.happened.opened")
    )


def test_a_window_that_starts_late_tells_the_same_past() -> None:
    from_facts, from_views, _ = heard()
    assert {each.key for each in from_views.newest()} <= {each.key for each in from_facts.newest()}
    assert len(from_views.newest()) >= 10


def test_snapshot_and_facts_do_not_double(words: Words) -> None:
    from_facts, _, visits = heard()
    before = len(from_facts.newest())
    from_facts.add(of_visits(visits.values()))
    assert len(from_facts.newest()) == before
    assert rows(from_facts, words, None)[0].title


def test_what_fell_into_an_absence_is_marked_until_it_was_seen() -> None:
    log = Log()
    log.add([line(5), line(100), line(310)])
    log.touched(START)
    log.touched(START + timedelta(seconds=20))
    assert not log.is_unseen(line(5), START + timedelta(seconds=30))
    assert log.is_unseen(line(100), START + timedelta(seconds=200))
    log.touched(START + timedelta(seconds=300))
    assert log.is_unseen(line(100), START + timedelta(seconds=301))
    assert not log.is_unseen(line(310), START + timedelta(seconds=320))
    log.seen()
    assert not log.is_unseen(line(100), START + timedelta(seconds=302))


def test_the_list_stays_bounded_and_keeps_the_newest() -> None:
    log = Log()
    log.add(line(number) for number in range(KEPT * 2))
    assert len(log.newest()) == KEPT
    assert log.newest()[0].key == f"k{KEPT * 2 - 1}"
