"""What the service tells of itself: only lanes of its own station file say where they are served."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.front import ServiceFront
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress
from tests.desk.conftest import DeskUnderTest


def front_of(desk: DeskUnderTest) -> ServiceFront:
    introduction = Handshake(
        protocol=PROTOCOL, software="test", role="service", node="service", epoch=desk.store.epoch,
        station_code="5001009", station_name="示范检验站", training=True, language="zh_CN",
        public_key=desk.key.public_hex, now=desk.clock.now(), clock_speed=1.0, tables={},
        lanes=(LaneAddress("1", "lane-1", "http://127.0.0.1:8461"),),
    )  # fmt: skip
    return ServiceFront(desk.store, desk.writer, desk.clock, desk.tables, introduction)


def test_a_lane_of_the_station_says_where_it_is_served(desk: DeskUnderTest) -> None:
    front = front_of(desk)
    moved = LaneAddress("1", "lane-1", "http://127.0.0.1:9461")
    front.register_lane(moved)
    assert front.handshake().lanes == (moved,)


@pytest.mark.parametrize(("lane", "node"), [("2", "lane-2"), ("1", "thief"), ("🙂" * 100, "lane-1"), ("", "")])
def test_a_lane_that_the_station_does_not_have_is_refused(desk: DeskUnderTest, lane: str, node: str) -> None:
    front = front_of(desk)
    with pytest.raises(RefusedError) as refused:
        front.register_lane(LaneAddress(lane, node, "http://127.0.0.1:9"))
    assert refused.value.code == "desk.front.unknown_lane"
    assert [each.url for each in front.handshake().lanes] == ["http://127.0.0.1:8461"]
