"""Which nodes were here: once a day each, again with another software or from elsewhere."""

from __future__ import annotations

import asyncio

from carcheck_desktop.desk.nodes import NodeBook, NodeView, nodes_of
from carcheck_desktop.domain.facts import NodeSeen
from tests.desk.conftest import DeskUnderTest

DAY_S = 86_400.0


def seen(desk: DeskUnderTest) -> list[NodeView]:
    with desk.store.read() as uow:
        return nodes_of(uow)


def test_a_window_is_written_down_once_a_day_however_many_commands_it_gives(desk: DeskUnderTest) -> None:
    book = NodeBook(desk.writer, desk.clock)
    for _ in range(5):
        book.see("counter-1", "carcheck/0.1.0", "127.0.0.1")
    assert desk.facts(NodeSeen.kind) == [NodeSeen("counter-1", "carcheck/0.1.0", "127.0.0.1")]
    first = desk.clock.now()
    asyncio.run(desk.clock.advance(DAY_S))
    book.see("counter-1", "carcheck/0.1.0", "127.0.0.1")
    assert len(desk.facts(NodeSeen.kind)) == 2
    assert seen(desk) == [NodeView("counter-1", "carcheck/0.1.0", "127.0.0.1", first, desk.clock.now())]


def test_another_software_or_address_is_told_at_once_and_the_newest_counts(desk: DeskUnderTest) -> None:
    book = NodeBook(desk.writer, desk.clock)
    book.see("counter-1", "carcheck/0.1.0", "127.0.0.1")
    book.see("lane-1", "carcheck/0.1.0", "127.0.0.1")
    book.see("counter-1", "carcheck/0.2.0", "127.0.0.1")
    assert [(each.node, each.software) for each in seen(desk)] == [
        ("counter-1", "carcheck/0.2.0"), ("lane-1", "carcheck/0.1.0"),
    ]  # fmt: skip


def test_what_somebody_sends_as_his_name_is_kept_short_and_readable(desk: DeskUnderTest) -> None:
    NodeBook(desk.writer, desk.clock).see("x\n" + "y" * 500, "", "")
    (fact,) = desk.facts(NodeSeen.kind)
    assert isinstance(fact, NodeSeen)
    assert (len(fact.node), "\n" in fact.node, fact.software, fact.address) == (60, False, "-", "-")
