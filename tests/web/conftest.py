"""A station's owner's pages over real HTTP, on a real database file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from carcheck_desktop.app.web import StoredTickets
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.tickets.issuing import issue_ticket
from carcheck_desktop.domain.facts import Fact, VisitOpened
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.store.opening import Opening, SqlStore, open_store
from carcheck_desktop.store.writer import StoreWriter
from carcheck_desktop.web.application import OwnersPages, create_app
from carcheck_desktop.web.hub import Hub
from tests.store.facts import visit_opened

OWNER = "王建国"


@dataclass
class Pages:
    """The pages, and a hand that lets things happen at the station."""

    url: str
    store: SqlStore
    writer: StoreWriter
    clock: VirtualClock
    settings: OwnersPages

    def open_visit(self, visit_id: str = "visit-1") -> str:
        """Take a car in with a ticket; return the address that its code says."""
        opened = visit_opened(visit_id)
        assert isinstance(opened, VisitOpened)

        def taken_in(uow: object) -> str:
            record(uow, opened, actor=OWNER)  # type: ignore[arg-type]
            issue_ticket(uow, visit_id, Channel.APP, actor=OWNER, now=self.clock.now())  # type: ignore[arg-type]
            kept = uow.tickets.get(visit_id)  # type: ignore[attr-defined]
            return str(kept.secret)

        return f"{self.url}/t/{self.writer.call(taken_in)}"

    def happens(self, *facts: Fact) -> None:
        """Record facts at the service."""
        for fact in facts:
            self.writer.call(lambda uow, fact=fact: record(uow, fact, actor="li"))  # type: ignore[misc]


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    clock, key, hub = VirtualClock(), SigningKey.generate(), Hub()
    store = open_store(
        tmp_path / "carcheck.db", node="service", key=key, clock=clock, blob_folder=tmp_path / "blobs",
        opening=Opening("5001009", "示范检验站", training=True, software="test"),
    )  # fmt: skip
    writer = StoreWriter(
        store,
        lambda facts: hub.changed(
            subject for _, entry in facts if (subject := getattr(entry.fact(), "visit_id", None))
        ),
    )
    settings = OwnersPages(StoredTickets(store), hub, "示范检验站", "zh_CN", clock)
    with LinkServer(create_app(settings), name="owners-web") as server:
        yield Pages(server.url, store, writer, clock, settings)
        hub.close()
    writer.close()
    store.close()
