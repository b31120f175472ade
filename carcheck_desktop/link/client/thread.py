"""The one thread in which a window, a command line or the twin holds its links.

Callers never wait in it: events come through mailboxes, replies through futures.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.live import merged
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.client.delivery import EXPIRY_S
from carcheck_desktop.link.client.events import LinkDown
from carcheck_desktop.link.client.explaining import verdict
from carcheck_desktop.link.client.following import Follower
from carcheck_desktop.link.client.shipping import Shipper

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.ports import JournalSource
    from carcheck_desktop.link.client.events import LinkEvent

T = TypeVar("T")
log = logging.getLogger(__name__)

STOP_TIMEOUT_S = 10.0
END_TIMEOUT_S = 5.0


class Peer:
    """One process at the other end of the link, as seen from any thread."""

    def __init__(self, thread: LinkThread, client: LinkClient) -> None:
        self._thread = thread
        self._client = client

    @property
    def url(self) -> str:
        """The peer's address."""
        return self._client.url

    def send(self, command: Command, *, expiry_s: float = EXPIRY_S) -> concurrent.futures.Future[Reply]:
        """Give a command with the thread's token; the future always gets a `Reply`.

        It is cancelled when the thread stops first. An unknown outcome is a refusal with the code
        `link.command.outcome_unknown`.
        """
        token = self._thread.token
        return self.ask(lambda client: client.command(command, token=token, expiry_s=expiry_s))

    def ask(self, work: Callable[[LinkClient], Coroutine[Any, Any, T]]) -> concurrent.futures.Future[T]:
        """Do something with the peer's client in the link's thread, such as `lambda c: c.visit(id)`."""
        return self._thread.run(work(self._client))


class FollowedPeer(Peer):
    """A peer that is followed into a mailbox of its own, with its own session: a window's link."""

    def __init__(
        self,
        thread: LinkThread,
        client: LinkClient,
        follow: Callable[[], concurrent.futures.Future[None]],
        mailbox: Mailbox[LinkEvent, LiveSamples],
    ) -> None:
        super().__init__(thread, client)
        self.session_token: str | None = None
        """The signed session that commands to this peer carry; None: the thread's own."""
        self._mailbox = mailbox
        self._follow = follow
        self._following: concurrent.futures.Future[None] | None = None

    @property
    def mailbox(self) -> Mailbox[LinkEvent, LiveSamples]:
        """Where events and samples arrive."""
        return self._mailbox

    def start(self) -> None:
        """Begin to follow; starting twice is starting once."""
        if self._following is None:
            self._following = self._follow()

    def send(
        self, command: Command, second_token: str | None = None, *, expiry_s: float = EXPIRY_S
    ) -> concurrent.futures.Future[Reply]:
        """Give a command with this peer's session, and that of a second person who agrees; see `Peer.send`."""
        token = self.session_token or self._thread.token
        return self.ask(
            lambda client: client.command(command, token=token, expiry_s=expiry_s, second_token=second_token)
        )

    def recall(self, pos: int, epoch: str, count: int) -> concurrent.futures.Future[list[Entry]]:
        """Ask for at most `count` facts up to a place of the peer's feed, such as its last snapshot's."""
        return self.ask(lambda client: client.recent(pos, epoch, count))

    def verdict(self, visit_id: str, item: str, attempt: int | None = None) -> concurrent.futures.Future[VerdictView]:
        """Ask why an item of a visit came out as it did."""
        return self.ask(lambda client: verdict(client, visit_id, item, attempt))

    def close(self) -> None:
        """Stop following; the thread and other peers go on."""
        if self._following is not None:
            self._following.cancel()
            self._following = None


class LinkThread:
    """Runs one event loop in a thread and holds any number of peers in it.

    `token` is the signed session that commands carry from now on (None: nobody signed in).
    """

    def __init__(self, *, node: str, clock: Clock, name: str = "link") -> None:
        self.token: str | None = None
        self._node = node
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._running: set[concurrent.futures.Future[Any]] = set()
        self._clients: dict[str, LinkClient] = {}
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._lock = threading.Lock()
        self._started = False
        self._stopped = False

    def start(self) -> LinkThread:
        """Start the thread; starting twice is starting once."""
        with self._lock:
            if not self._started and not self._stopped:
                self._started = True
                self._thread.start()
        return self

    def stop(self) -> None:
        """End everything that runs here and wait for the thread; futures still open are cancelled."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
        if not self._started:
            self._loop.close()
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(STOP_TIMEOUT_S)
        if self._thread.is_alive():
            log.error("the link's thread did not end within %s s", STOP_TIMEOUT_S)

    def __enter__(self) -> LinkThread:
        """Start."""
        return self.start()

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        self.stop()

    def peer(self, url: str) -> Peer:
        """Return a peer to ask and command, without following it."""
        return Peer(self, self._client(url))

    def link(
        self, url: str, mailbox: Mailbox[LinkEvent, LiveSamples] | None = None, *, samples: bool = False, peer: str = ""
    ) -> FollowedPeer:
        """Return a peer that can be followed; nothing happens before its `start`.

        `samples` asks for live samples too (a service has none); `peer` is the name that the
        events carry.
        """
        box: Mailbox[LinkEvent, LiveSamples] = Mailbox(merge=merged) if mailbox is None else mailbox
        client = self._client(url)

        def tell(problem: Problem) -> None:
            box.put(LinkDown(problem, self._clock.now(), peer))

        def follow() -> concurrent.futures.Future[None]:
            follower = Follower(client, box, clock=self._clock, samples=samples, peer=peer)
            return self._spawn(follower.run(), tell)

        return FollowedPeer(self, client, follow, box)

    def follow(
        self, url: str, mailbox: Mailbox[LinkEvent, LiveSamples], *, samples: bool = False, peer: str = ""
    ) -> FollowedPeer:
        """Follow a peer into a mailbox at once; see `link`."""
        followed = self.link(url, mailbox, samples=samples, peer=peer)
        followed.start()
        return followed

    def ship(self, url: str, source: JournalSource) -> Shipper:
        """Ship a node's journal to a service for as long as the thread runs."""
        shipper = Shipper(self._client(url), source, self._loop)
        self._spawn(shipper.run(), shipper.fail)
        return shipper

    def run(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Run a coroutine in the link's thread; the future fails when the thread has stopped."""
        with self._lock:
            if self._stopped:
                work.close()
                late: concurrent.futures.Future[T] = concurrent.futures.Future()
                late.set_exception(LinkError("link.client.stopped"))
                return late
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
            self._running.add(future)
        future.add_done_callback(self._running.discard)
        return future

    def _client(self, url: str) -> LinkClient:
        with self._lock:
            if url not in self._clients:
                self._clients[url] = LinkClient(url, node=self._node, clock=self._clock)
            return self._clients[url]

    def _spawn(
        self, work: Coroutine[Any, Any, None], tell: Callable[[Problem], None]
    ) -> concurrent.futures.Future[None]:
        self.start()
        future = self.run(work)

        def ended(done: concurrent.futures.Future[None]) -> None:
            error = None if done.cancelled() else done.exception()
            if error is not None and not self._stopped:
                log.error("a task of the link ended", exc_info=error)
                tell(Problem("link.client.failed", {"detail": f"{type(error).__name__}: {error}"}))

        future.add_done_callback(ended)
        return future

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._main())

    async def _main(self) -> None:
        """Wait for the end, then cancel what was begun here, and only that.

        Tasks that libraries began inside it are theirs to cancel.
        """
        await self._stop.wait()
        for future in list(self._running):
            future.cancel()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=END_TIMEOUT_S)
        for client in self._clients.values():
            await client.close()
