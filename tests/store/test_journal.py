"""The journal: what is announced is stored, once, in order, chained and signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.facts import Fact, JournalOpened, LaneStopped, ProcessStarted, StopReleased
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, chained, hash_of, seal
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.store import SqlStore
from tests.store.conftest import KEY, OPENING, Database
from tests.store.facts import curve, visit_opened, whole_visit

LANE_OPENED = JournalOpened("lane-1", OPENING.station_code, OPENING.station_name, True, KEY.public_hex, "0.1.0")


def lane_entries(database: Database, count: int, opened: JournalOpened = LANE_OPENED) -> list[Entry]:
    """A lane's journal as its shipper would send it."""
    entries: list[Entry] = []
    previous = ZERO_HASH
    for seq in range(1, count + 1):
        fact = opened if seq == 1 else StopReleased(str(seq))
        at = database.clock.now()
        entries.append(seal(fact, node="lane-1", seq=seq, at=at, actor="王强", blobs=(), previous=previous))
        previous = entries[-1].hash
    return entries


def failing_visit(store: SqlStore) -> None:
    """Record a whole visit in a unit of work that then fails."""
    with store.begin() as unit:
        whole_visit(unit, "visit-1")
        raise ZeroDivisionError


def test_the_first_entry_says_whose_journal_it_is_for_ever(database: Database) -> None:
    store = database.open()
    with store.read() as unit:
        (place, first), *rest = unit.journal.after(0)
    assert place == 1
    assert not rest
    assert first.previous_hash == ZERO_HASH
    assert first.fact() == JournalOpened(
        "service", OPENING.station_code, OPENING.station_name, True, KEY.public_hex, OPENING.software
    )


def test_what_was_stored_is_read_back_exactly_as_it_was_sealed(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        digest = unit.blobs.put(curve())
        sealed = unit.journal.append(visit_opened("visit-1", "渝A·挂12"), actor="李敏", blobs=(digest,))
    store.close()
    with database.open().read() as unit:
        (stored,) = unit.journal.of_subject("visit-1")
    assert stored == sealed
    assert hash_of(stored) == stored.hash


def test_an_error_inside_leaves_nothing_behind(database: Database) -> None:
    store = database.open()
    with pytest.raises(ZeroDivisionError):
        failing_visit(store)
    with store.begin() as unit:
        assert unit.journal.position() == 1
        assert unit.visits.get("visit-1") is None
        entry = unit.journal.append(StopReleased("1"), actor="王强")
    assert entry.seq == 2
    assert database.verify().is_whole


def test_the_station_chain_takes_in_every_node_in_the_order_of_arrival(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        for entry in lane_entries(database, 3):
            assert unit.journal.take_in(entry)
        unit.journal.append(StopReleased("1"), actor="王强")
        assert unit.journal.heads() == {"service": 2, "lane-1": 3}
    with store.read() as unit:
        entries = unit.journal.after(0)
        assert unit.journal.heads() == {"service": 2, "lane-1": 3}
        assert unit.journal.position() == 5
        assert [entry.seq for entry in unit.journal.of_node("lane-1", after_seq=1)] == [2, 3]
        assert [entry.seq for entry in unit.journal.of_node("lane-1", limit=1)] == [1]
    chain = ZERO_HASH
    for _, entry in entries:
        chain = chained(chain, entry.hash)
    head = store.latest()
    assert head is not None
    assert (head.pos, head.chain) == (5, chain)
    assert is_signed(KEY.public_hex, head.signed_content(), head.signature)


def test_an_entry_sent_twice_is_taken_in_once(database: Database) -> None:
    store = database.open()
    entries = lane_entries(database, 4)
    with store.begin() as unit:
        assert [unit.journal.take_in(entry) for entry in entries[:3]] == [True, True, True]
    with store.begin() as unit:
        assert [unit.journal.take_in(entry) for entry in entries] == [False, False, False, True]
        assert unit.journal.position() == 5


def test_another_content_under_a_known_number_is_refused_with_both_hashes(database: Database) -> None:
    store = database.open()
    entries = lane_entries(database, 2)
    database.clock.set_back_or_forward(database.clock.now() - database.clock.now().replace(hour=1))
    others = lane_entries(database, 2)
    with store.begin() as unit:
        for entry in entries:
            unit.journal.take_in(entry)
    with store.begin() as unit, pytest.raises(DataError) as refused:
        unit.journal.take_in(others[1])
    assert refused.value.code == "store.journal.other_content"
    assert refused.value.problem.params["known"] == entries[1].hash
    assert refused.value.problem.params["found"] == others[1].hash


Change = Callable[[list[Entry]], Entry]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda entries: entries[2], "store.journal.gap"),
        (lambda entries: replace(entries[1], actor="nobody"), "store.journal.wrong_hash"),
        (lambda entries: replace(entries[1], previous_hash="f" * 64), "store.journal.wrong_previous"),
        (lambda entries: replace(entries[1], blobs=("a" * 64,), hash=""), "store.journal.blob_missing"),
        (lambda entries: replace(entries[1], node="service", seq=2), "store.journal.own_node"),
    ],
)
def test_what_does_not_follow_is_refused_and_leaves_the_rest_of_the_batch(
    database: Database, change: Change, code: str
) -> None:
    store = database.open()
    entries = lane_entries(database, 3)
    wrong = change(entries)
    if not wrong.hash:
        wrong = replace(wrong, hash=hash_of(wrong))
    with store.begin() as unit:
        unit.journal.take_in(entries[0])
        with pytest.raises(DataError) as refused:
            unit.journal.take_in(wrong)
        assert refused.value.code == code
    with store.read() as unit:
        assert unit.journal.heads() == {"service": 1, "lane-1": 1}


@pytest.mark.parametrize("other", [{"training": False}, {"station_code": "5001230002"}])
def test_a_journal_of_another_station_is_not_taken_in(database: Database, other: dict[str, object]) -> None:
    store = database.open()
    (foreign,) = lane_entries(database, 1, replace(LANE_OPENED, **other))  # type: ignore[arg-type]
    with store.begin() as unit, pytest.raises(DataError) as refused:
        unit.journal.take_in(foreign)
    assert refused.value.code == "store.journal.other_station"


def test_an_entry_cannot_name_a_curve_that_is_not_stored(lane_database: Database) -> None:
    store = lane_database.open("lane-1")
    with store.begin() as unit, pytest.raises(DataError) as refused:
        unit.journal.append(StopReleased("1"), actor="王强", blobs=("0" * 64,))
    assert refused.value.code == "store.journal.blob_missing"


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_or_remove_an_entry(database: Database, statement: str) -> None:
    store = database.open()
    with pytest.raises(StorageError) as refused, store.begin():
        store._connected().exec_driver_sql(statement)
    assert "only grows" in str(refused.value.problem.params["detail"])
    assert database.verify().is_whole


def test_a_result_and_its_curve_in_a_lane_are_one_commit(lane_database: Database) -> None:
    store = lane_database.open("lane-1")
    with pytest.raises(ZeroDivisionError):
        failing_visit(store)
    with store.read() as unit:
        assert not unit.blobs.has(digest_of(curve()))
        assert unit.journal.position() == 1
    with store.begin() as unit:
        digest = whole_visit(unit, "visit-1")
    with store.read() as unit:
        assert unit.blobs.get(digest) == curve()
    assert lane_database.verify().is_whole


def test_a_reader_sees_one_moment_while_the_writer_goes_on(database: Database) -> None:
    store = database.open()
    with store.read() as reading:
        assert reading.journal.position() == 1
        with store.begin() as unit:
            unit.journal.append(StopReleased("1"), actor="王强")
        assert reading.journal.position() == 1
        assert reading.journal.heads() == {"service": 1}
    with store.read() as reading:
        assert reading.journal.position() == 2


def test_a_reading_unit_of_work_cannot_write(database: Database) -> None:
    store = database.open()
    with store.read() as unit, pytest.raises(RuntimeError):
        unit.journal.append(StopReleased("1"), actor="王强")
    with pytest.raises(StorageError), store.read() as unit:
        unit.visits.put(_view(database))


def _view(database: Database) -> VisitView:
    entry = seal(
        visit_opened("visit-9"), node="x", seq=1, at=database.clock.now(), actor="x", blobs=(), previous=ZERO_HASH
    )
    view = fold_visit(None, entry)
    assert view is not None
    return view


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
FACTS = st.one_of(
    st.builds(StopReleased, TEXTS),
    st.builds(ProcessStarted, TEXTS, TEXTS),
    st.builds(LaneStopped, TEXTS, TEXTS, st.builds(Message, TEXTS, st.dictionaries(TEXTS, TEXTS | st.integers(0, 9)))),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commits=st.lists(st.lists(st.tuples(FACTS, TEXTS), max_size=4), max_size=5))
def test_whatever_is_written_reads_back_and_verifies(
    make_database: Callable[[str, bool], Database], commits: list[list[tuple[Fact, str]]]
) -> None:
    database = make_database("sqlite", False)
    store = database.open("lane-1")
    written: list[Entry] = []
    for commit in commits:
        with store.begin() as unit:
            written.extend(unit.journal.append(fact, actor=actor) for fact, actor in commit)
    with store.read() as unit:
        assert [entry for _, entry in unit.journal.after(1)] == written
        assert [entry.fact() for entry in unit.journal.of_node("lane-1", 1)] == [entry.fact() for entry in written]
    store.close()
    report = database.verify()
    assert report.is_whole
    assert report.entries == len(written) + 1
