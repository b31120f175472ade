"""The owner's pages, put together: the book that finds a ticket, the hub that hears what was committed, the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.ports import TicketHolder
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.web.application import OwnersPages, create_app
from carcheck_desktop.web.hub import Hub

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station import Station, StationWeb
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store


@dataclass
class StoredTickets:
    """Finds tickets in the service's database; fulfils `domain.ports.OwnersBook`."""

    store: Store

    def find(self, secret: str) -> TicketHolder | None:
        """Return whose ticket has this secret, in one reading transaction."""
        with self.store.read() as uow:
            kept = uow.tickets.find(secret)
            if kept is None:
                return None
            view = uow.visits.get(kept.visit_id) or uow.arrivals.get(kept.visit_id)
        return None if view is None else TicketHolder(view, kept.number)


class OwnersWeb:
    """Serves the owner's pages where the station file says; hears every commit."""

    def __init__(self, station: Station, web: StationWeb, store: Store, clock: Clock) -> None:
        self._hub = Hub()
        pages = OwnersPages(StoredTickets(store), self._hub, station.name, station.language, clock, station.training)
        self._server = LinkServer(create_app(pages), web.host, web.port, name="owners-web", is_public=True)

    @property
    def url(self) -> str:
        """Where the pages are."""
        return self._server.url

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Wake the pages of the visits that something happened to; called by the writer's thread."""
        self._hub.changed(visit_id for _, entry in facts if (visit_id := getattr(entry.fact(), "visit_id", None)))

    def start(self) -> None:
        """Begin to serve; raises `LinkError` when the port is taken."""
        self._server.start()

    def close(self) -> None:
        """Stop serving."""
        self._hub.close()
        self._server.stop()
