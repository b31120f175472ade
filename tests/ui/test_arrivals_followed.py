"""A car at the gate is known to every window until its visit takes it over; key, ticket and calls stay with it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.custody import OWNER, Holder, Place, Thing
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.folding.custody import fold_arrivals
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.link.client.reading import read_snapshot
from tests.domain.samples import SAMPLES

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
OPENED = next(each for each in SAMPLES if isinstance(each, f.VisitOpened))
ZHAO = Holder(Place.PERSON, "zhao")
AT_THE_GATE: tuple[f.Fact, ...] = (
    f.ArrivalNoted("visit-1", "渝A12345", PlateKind.SMALL_CAR, Channel.APP, None),
    f.TicketIssued("visit-1", "B001", "d"),
    f.HandedOver("visit-1", (Thing.KEY,), OWNER, ZHAO, 7),
    f.OwnerCalled("visit-1", "call-1", CallTo.WINDOW, "2"),
)


def entry(fact: f.Fact) -> Entry:
    return seal(fact, node="service", seq=1, at=AT, actor="zhao", blobs=(), previous=ZERO_HASH)


def followed(*facts: f.Fact) -> dict[str, ArrivalView]:
    views: dict[str, ArrivalView] = {}
    for fact in facts:
        views = fold_arrivals(views, entry(fact))
    return views


def test_a_car_at_the_gate_has_its_ticket_key_and_call() -> None:
    (view,) = followed(*AT_THE_GATE).values()
    assert view.ticket is not None
    assert (view.ticket.number, view.custody.key, view.custody.tag) == ("B001", ZHAO, 7)
    assert [call.place for call in view.calls] == ["2"]


def test_the_call_goes_when_it_ends_and_the_car_when_it_is_taken_in_or_leaves() -> None:
    ended = f.CallEnded("visit-1", "call-1", CallEnd.ANSWERED)
    assert followed(*AT_THE_GATE, ended)["visit-1"].calls == ()
    assert followed(*AT_THE_GATE, replace(OPENED, visit_id="visit-1")) == {}
    assert followed(*AT_THE_GATE, f.ArrivalDropped("visit-1", "改日")) == {}


def test_a_fact_of_another_car_changes_nothing() -> None:
    views = followed(*AT_THE_GATE)
    assert fold_arrivals(views, entry(f.TicketIssued("visit-9", "A009", "d"))) is views


def test_the_visit_has_what_was_handed_over_before_it_was_opened() -> None:
    (before,) = followed(*AT_THE_GATE).values()
    assert before.ticket is not None
    taken = f.ArrivalTakenIn(
        "visit-1", before.arrived_at, "zhao", "B001", "d", before.ticket.issued_at, 7, before.custody.chain
    )  # fmt: skip
    view = None
    for fact in (replace(OPENED, visit_id="visit-1"), taken):
        view = fold_visit(view, entry(fact))
    assert view is not None
    assert (view.custody, view.ticket, view.arrived_at) == (before.custody, before.ticket, before.arrived_at)


def test_an_arrival_of_a_newer_program_hides_no_other() -> None:
    good = followed(*AT_THE_GATE)["visit-1"]
    snapshot = Snapshot("epoch", 1, {}, (), (), arrivals=(good, replace(good, visit_id="visit-2")))
    told = to_plain(snapshot)
    assert read_snapshot(json.dumps(told).encode()).snapshot == snapshot
    told["arrivals"][0]["channel"] = "by_air"
    found = read_snapshot(json.dumps(told).encode())
    assert [each.visit_id for each in found.snapshot.arrivals] == ["visit-2"]
    assert found.left_out == ("visit-1",)
