"""Bad days at a real station: real processes, ports, files and HTTP; what goes wrong is told, never recorded."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from carcheck_desktop.app.operations import verify_station
from carcheck_desktop.app.parts import folders_of
from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.commands import (
    ReleaseStop,
    ResumeAttempt,
    StartAttempt,
    StopLane,
)
from carcheck_desktop.domain.journal import seal
from carcheck_desktop.domain.views import ItemState, LaneView
from tests.station.days import wait_for
from tests.station.hostile import SOUND, Hostile, hostile_station, is_complete, is_cut_off, problem_of


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    with hostile_station(tmp_path_factory.mktemp("bad-days"), analyser="", speed=10.0) as made:
        yield made


def pressing(view: LaneView) -> bool:
    return view.prompt is not None and view.prompt.expects == "pedal"


def test_a_line_pulled_in_mid_brake_is_on_screen_within_a_second_and_its_item_repeated(hostile: Hostile) -> None:
    visit_id = hostile.drive_in(SOUND[0])
    hostile.until(pressing)
    hostile.fault("bench", unplugged=True)
    assert hostile.until(lambda view: problem_of(view, "bench") == "devices.port_absent") < 1.0
    hostile.until(is_cut_off)
    time.sleep(1.5)  # nothing goes on by itself, and the plug is away for longer than a moment
    refused = hostile.lane(ResumeAttempt("1", hostile.attempt_id()))
    assert refused.refusal is not None
    assert refused.refusal.code == "lanes.door.device_lost"
    hostile.fault("bench", unplugged=False)
    hostile.until(lambda view: problem_of(view, "bench") is None)
    assert hostile.lane(ResumeAttempt("1", hostile.attempt_id())).accepted
    hostile.until(is_complete)
    mine = [fact for fact in hostile.facts() if getattr(fact, "visit_id", "") == visit_id]
    voided = [fact for fact in mine if isinstance(fact, f.ItemVoided)]
    finished = [fact for fact in mine if isinstance(fact, f.ItemFinished)]
    assert [(each.item, each.will_repeat) for each in voided] == [("B1", True)]
    assert voided[0].run_id not in {each.run_id for each in finished}
    assert [each.item for each in finished] == ["W1", "W2", "B1", "B2", "B0"]


def test_damaged_answers_of_the_scale_are_logged_with_their_bytes_and_never_a_load(hostile: Hostile) -> None:
    visit_id = hostile.drive_in(SOUND[1])
    hostile.until(lambda view: view.prompt is not None and view.prompt.expects == "axle_on_scale")
    hostile.fault("scale", garbled=True)
    hostile.until(lambda view: problem_of(view, "scale") == "devices.garbled")
    hostile.until(is_cut_off)
    problem = next(each.problem for each in hostile.view().devices if each.device == "scale")
    assert problem is not None
    hostile.fault("scale", garbled=False)
    hostile.until(lambda view: problem_of(view, "scale") is None)
    assert not [fact for fact in hostile.facts() if isinstance(fact, f.ItemFinished) and fact.visit_id == visit_id]
    assert hostile.lane(ResumeAttempt("1", hostile.attempt_id())).accepted
    hostile.until(is_complete)
    last_bytes = bytes.fromhex(str(problem.params["bytes"]).removeprefix("…"))
    assert any(last_bytes in received for received in received_from(hostile, "scale"))


def received_from(hostile: Hostile, device: str) -> list[bytes]:
    """Return what came over a device's wire: the pieces of each answer put together."""
    (log,) = (folders_of(hostile.station).wire / "lane-1").glob(f"*{device}*.wire")
    answers = [b""]
    for line in log.read_text(encoding="utf-8").splitlines()[1:]:
        mark, content = line.split("\t")[2:4]
        if mark == "<":
            answers[-1] += bytes.fromhex(content)
        elif mark == ">":
            answers.append(b"")
    return answers


def test_anybody_stops_the_rollers_as_often_as_needed_and_only_a_controller_lets_them_go_on(hostile: Hostile) -> None:
    hostile.drive_in(SOUND[2])
    hostile.until(pressing)
    assert hostile.lane(StopLane("1"), None).accepted
    view = hostile.view()
    assert view.stopped
    assert is_cut_off(view)
    assert view.attempt is not None
    assert {item.item: item.state for item in view.attempt.items}["B1"] is ItemState.VOID
    for who, code in (("clerk", "domain.access.role_may_not"), (None, "domain.access.nobody_signed_in")):
        refused = hostile.lane(ReleaseStop("1"), who).refusal
        assert refused is not None
        assert refused.code == code
    assert hostile.lane(ReleaseStop("1")).accepted
    assert hostile.lane(ResumeAttempt("1", view.attempt.attempt_id)).accepted
    hostile.until(is_complete)
    done = [fact for fact in hostile.facts() if isinstance(fact, f.ItemFinished) and fact.item == "B1"]
    assert len({fact.visit_id for fact in done}) == len(done)


def test_who_may_not_or_comes_too_late_moves_nothing_and_is_in_the_journal(hostile: Hostile) -> None:
    start = StartAttempt("1", "visit-1")
    forged = SigningKey.generate().token(
        {"sid": "s", "sub": "controller", "role": "lane_controller", "node": "x", "exp": 2**33}
    )
    cases = {
        "domain.access.role_may_not": (hostile.tokens["clerk"], 5.0),
        "base.keys.bad_token": (forged, 5.0),
        "lanes.door.good_too_long": (hostile.tokens["controller"], 3600.0),
    }
    for code, (token, expiry_s) in cases.items():
        reply = hostile.send(hostile.lane_url, start, token, expiry_s)
        assert reply.refusal is not None
        assert reply.refusal.code == code
    refused = [fact for fact in hostile.facts() if isinstance(fact, f.CommandRefused)]
    assert [fact.reason.code for fact in refused[-len(cases) :]] == list(cases)


def test_an_entry_that_no_lane_wrote_is_found_by_verify(hostile: Hostile) -> None:
    """Last: from here on the lane's journal is not taken any more, and the lane's log says so."""
    service = hostile.links.peer(hostile.station.service_url)
    written = hostile.entries()[-1]
    wait_for(lambda: service.ask(lambda client: client.heads()).result(5).get("lane-1") == written.seq, 10)
    assert {node: report.is_whole for node, report in verify_station(hostile.station).items()} == {
        "service": True, "lane-1": True
    }  # fmt: skip
    forged = seal(
        f.StopReleased("1"), node="lane-1", seq=written.seq + 1, at=written.at, actor="nobody", blobs=(),
        previous=written.hash,
    )  # fmt: skip
    body = to_json([forged]).encode()
    asked = urllib.request.Request(
        f"{hostile.station.service_url}/journal", body, {"content-type": "application/json"}, method="POST"
    )
    urllib.request.urlopen(asked, timeout=5).close()
    (finding,) = verify_station(hostile.station)["service"].findings
    assert (finding.code, finding.params["found"]) == ("store.verify.not_the_lanes", forged.hash)
