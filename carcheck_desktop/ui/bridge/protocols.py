"""What a window needs of a link; `link.client` fulfils it, and a scripted one in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

    from carcheck_desktop.base.mailbox import Mailbox
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples


class Link(Protocol):
    """A connection to one process, held by its own thread."""

    session_token: str | None

    @property
    def mailbox(self) -> Mailbox[Any, LiveSamples]:
        """Where events and samples arrive."""
        ...

    def start(self) -> None:
        """Begin to connect."""
        ...

    def send(self, command: Command, second_token: str | None = None) -> Future[Reply]:
        """Send a command, with the session of a second person who agrees; the future is done with the reply or an error."""
        ...

    def recall(self, pos: int, epoch: str, count: int) -> Future[list[Entry]]:
        """Ask for at most `count` facts up to a place of the peer's feed; the future is done with them or an error."""
        ...

    def verdict(self, visit_id: str, item: str, attempt: int | None = None) -> Future[VerdictView]:
        """Ask why an item of a visit came out as it did; the future is done with that or an error."""
        ...

    def close(self) -> None:
        """End the connection and its thread."""
        ...
