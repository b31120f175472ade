"""A car goes through the lane: weighed, braked, judged, let out; everything written down."""

from __future__ import annotations

import asyncio
from pathlib import Path

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState
from tests.lanes.station import Station


def whole_visit(folder: Path) -> Station:
    station = Station(folder)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: station.attempt.state is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    return station


def test_a_sound_car_is_weighed_and_braked_in_order_and_passes(tmp_path: Path) -> None:
    station = whole_visit(tmp_path)
    assert station.attempt.problem is None
    assert station.attempt.state is AttemptState.COMPLETE
    finished = station.finished()
    assert [each.item for each in finished] == ["W1", "W2", "B1", "B2", "B0"]
    assert [each.outcome for each in finished] == [Outcome.NOT_JUDGED, Outcome.NOT_JUDGED, *[Outcome.PASS] * 3]
    assert not station.body.is_turning
    assert station.lane.view.occupied_by is None
