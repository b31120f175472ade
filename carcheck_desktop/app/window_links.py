"""A window's links: one thread for all of them, one mailbox each; fulfils `ui.bridge.protocols.Link`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.mailbox import Mailbox

if TYPE_CHECKING:
    from concurrent.futures import Future

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.station import LaneAddress
    from carcheck_desktop.link.client.events import LinkEvent
    from carcheck_desktop.link.client.thread import LinkThread, Peer


class WindowLink:
    """A connection to one process, held by the window's link thread; all share one session."""

    def __init__(self, thread: LinkThread, url: str, peer: str, *, samples: bool = False) -> None:
        self._thread = thread
        self._url = url
        self._name = peer
        self._samples = samples
        self._peer: Peer | None = None
        self._mailbox: Mailbox[LinkEvent, LiveSamples] = Mailbox()

    @property
    def session_token(self) -> str | None:
        """The signed session that commands carry."""
        return self._thread.token

    @session_token.setter
    def session_token(self, token: str | None) -> None:
        self._thread.token = token

    @property
    def mailbox(self) -> Mailbox[LinkEvent, LiveSamples]:
        """Where events and samples arrive."""
        return self._mailbox

    def start(self) -> None:
        """Begin to connect."""
        self._peer = self._thread.follow(self._url, self._mailbox, samples=self._samples, peer=self._name)

    def send(self, command: Command) -> Future[Reply]:
        """Send a command; the future is done with the reply."""
        peer = self._peer or self._thread.peer(self._url)
        return peer.send(command)

    def close(self) -> None:
        """Nothing of its own to end: the thread ends with the process that owns it."""


def lane_link(thread: LinkThread, address: LaneAddress) -> WindowLink:
    """Return the link to a lane, live samples included."""
    return WindowLink(thread, address.url, address.lane, samples=True)
