"""Whatever happens at whatever moment: rollers stand, and no result is without its position."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import ZERO_HASH, hash_of
from carcheck_desktop.domain.views import AttemptState
from tests.lanes.station import Station

WHOLE_S = 68.0
WAYS = ("stop", "abort", "close", "kill", "unplug", "full disk")


async def happen(station: Station, way: str, attempt_id: str) -> None:
    if way == "stop":
        await station.soon(station.lane.stop("li", "control-1"))
    elif way == "abort" and station.state() is AttemptState.RUNNING:
        await station.soon(station.lane.abort_attempt(attempt_id, "test", "wang"))
    elif way == "close":
        await station.close()
    elif way == "kill":
        await station.kill()
    elif way == "unplug":
        station.bench.unplugged = station.scale.unplugged = True
    elif way == "full disk":
        station.journal.full = True


def require_truth(station: Station) -> None:
    entries = station.journal.read()
    held: dict[str, f.OccupancyTaken] = {}
    finished: set[str] = set()
    voided: set[str] = set()
    previous = ZERO_HASH
    for entry in entries:
        assert entry.previous_hash == previous
        previous = hash_of(entry)
        fact = entry.fact()
        if isinstance(fact, f.OccupancyTaken):
            held[fact.occupancy_id] = fact
        elif isinstance(fact, f.OccupancyReleased):
            held.pop(fact.occupancy_id)
        elif isinstance(fact, f.ItemFinished):
            assert held[fact.occupancy_id].visit_id == fact.visit_id
            assert fact.run_id not in finished
            finished.add(fact.run_id)
        elif isinstance(fact, f.ItemVoided):
            voided.add(fact.run_id)
    assert not finished & voided


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(after_s=st.floats(0.0, WHOLE_S), way=st.sampled_from(WAYS))
def test_any_interruption_at_any_moment(tmp_path_factory: object, after_s: float, way: str) -> None:
    folder: Path = tmp_path_factory.mktemp("any")  # type: ignore[attr-defined]
    station = Station(folder)

    async def go() -> None:
        attempt_id = await station.begin()
        began_s = station.clock.monotonic()
        await station.until(lambda: station.clock.monotonic() - began_s >= after_s)
        turned = station.body.is_turning
        await happen(station, way, attempt_id)
        await station.clock.advance(3.2 if way in ("kill", "unplug", "full disk") else 0.0)
        if way != "full disk" or turned:
            await station.clock.advance(10.0 if way == "full disk" else 0.0)
            assert not station.body.is_turning
        require_truth(station)
        await station.kill()
        await station.restart()
        assert not station.body.is_turning
        require_truth(station)
        await station.close()

    asyncio.run(go())
