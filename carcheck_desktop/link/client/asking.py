"""Everything one process can ask of another: one coroutine for each path of the link."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import quote

from carcheck_desktop import __version__
from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.errors import DataError, LinkError
from carcheck_desktop.domain.ports import IntakeResult, VisitRecord
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress
from carcheck_desktop.link.client.delivery import EXPIRY_S, deliver, envelope_of
from carcheck_desktop.link.client.errors import VersionError, first_of, misshapen, parsed
from carcheck_desktop.link.client.http import Connections
from carcheck_desktop.link.client.reading import read_snapshot
from carcheck_desktop.link.wire import CHUNK_BYTES, BlobState, decode_facts, decode_samples

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.commands import Command, Envelope, Reply
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.station import Snapshot
    from carcheck_desktop.link.client.reading import ReadSnapshot

T = TypeVar("T")


class LinkClient:
    """Asks one peer at `url` in the name of `node`; belongs to one event loop.

    Every method raises a `LinkError` when the peer does not answer as it should, but `command`
    and `deliver`, which always come back with a reply.
    """

    def __init__(self, url: str, *, node: str, clock: Clock) -> None:
        self.node = node
        self._clock = clock
        self._connections = Connections(url)

    @property
    def url(self) -> str:
        """The peer's address."""
        return self._connections.url

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.close()

    async def handshake(self) -> Handshake:
        """Ask who answers; raises `VersionError` that says which PC to update."""
        content = await self._connections.request("GET", "/handshake", timeout_s=5.0)
        plain = cast("dict[str, object]", parsed(self.url, content, dict))
        _check_version(self.url, plain)
        return self._parsed("/handshake", content, Handshake)

    async def snapshot(self) -> Snapshot:
        """Return all views at one moment, without those that this program cannot read."""
        return (await self.read_snapshot()).snapshot

    async def read_snapshot(self) -> ReadSnapshot:
        """Return all views at one moment, and what a newer program wrote that cannot be read here."""
        content = await self._connections.request("GET", "/snapshot", timeout_s=30.0)
        try:
            return read_snapshot(content)
        except DataError as error:
            raise misshapen(f"{self.url}/snapshot", content, error) from error

    async def visit(self, wanted: str) -> VisitRecord:
        """Return everything recorded of a visit, by id or plate."""
        return await self.get(f"/visits/{quote(wanted, safe='')}", VisitRecord, timeout_s=30.0)

    async def heads(self) -> dict[str, int]:
        """Return the last sequence number the peer knows of every node."""
        return await self.get("/heads", dict[str, int])

    async def ship(self, entries: Sequence[Entry]) -> IntakeResult:
        """Send entries of our journal."""
        body = to_json(list(entries)).encode()
        content = await self._connections.request("POST", "/journal", body, timeout_s=30.0)
        return self._parsed("/journal", content, IntakeResult)

    async def register_lane(self, address: LaneAddress) -> None:
        """Tell the service where a lane is served."""
        await self._connections.request("POST", "/lanes", to_json(address).encode())

    async def blob_state(self, digest: str) -> BlobState:
        """Return how much of a blob the peer has."""
        return await self.get(f"/blobs/{digest}/state", BlobState)

    async def get_blob(self, digest: str) -> bytes:
        """Fetch a blob; raises `DataError` when what came has another digest."""
        content = await self._connections.request("GET", f"/blobs/{digest}", timeout_s=60.0)
        if digest_of(content) != digest:
            raise DataError("link.blob.wrong_digest", digest=digest[:12], total=len(content))
        return content

    async def put_blob(self, content: bytes) -> str:
        """Send a blob in pieces from where the peer has it, and return its digest."""
        digest = digest_of(content)
        state = await self.blob_state(digest)
        while not state.done:
            piece = content[state.have : state.have + CHUNK_BYTES]
            path = f"/blobs/{digest}?offset={state.have}&total={len(content)}"
            answer = await self._connections.request("PUT", path, piece, kind="application/octet-stream")
            before, state = state, self._parsed(path, answer, BlobState)
            if not state.done and state.have == before.have and piece:
                raise LinkError("link.blob.no_progress", url=self.url, digest=digest[:12], have=state.have)
        return digest

    async def feed(self, pos: int, epoch: str) -> AsyncGenerator[list[tuple[int, Entry]], None]:
        """Yield facts after `pos` as they come; ends only with a `LinkError`.

        `OtherEpochError` means that a new snapshot must be taken.
        """
        async with self._connections.messages(f"/feed?pos={pos}&epoch={quote(epoch, safe='')}") as messages:
            async for message in messages:
                yield _decoded(self.url, decode_facts, message)

    async def recent(self, pos: int, epoch: str, count: int) -> list[Entry]:
        """Return at most `count` facts up to and with the one at `pos`; see `feed` for its errors."""
        start = max(0, pos - count)
        found: list[Entry] = []
        if start >= pos:
            return found
        async with aclosing(self.feed(start, epoch)) as feed:
            async for batch in feed:
                found += [entry for place, entry in batch if place <= pos]
                if batch and batch[-1][0] >= pos:
                    break
        return found

    async def samples(self) -> AsyncGenerator[list[LiveSamples], None]:
        """Yield one tick's live samples after the other; ends only with a `LinkError`."""
        async with self._connections.messages("/samples") as messages:
            async for message in messages:
                yield _decoded(self.url, decode_samples, message)

    async def command(
        self, command: Command, *, token: str | None = None, expiry_s: float = EXPIRY_S, second_token: str | None = None
    ) -> Reply:
        """Give a command that expires after `expiry_s` real seconds; always comes back with a reply.

        `second_token` is the session of the person who agrees, where one must.
        See `delivery` for what is sent again and what never is.
        """
        envelope = envelope_of(
            command, token=token, node=self.node, clock=self._clock, expiry_s=expiry_s, second_token=second_token
        )
        return await self.deliver(envelope)

    async def deliver(self, envelope: Envelope) -> Reply:
        """Give a command whose envelope is already made."""
        return await deliver(self._connections, envelope, self._clock)

    async def get(self, path: str, kind: type[T], timeout_s: float = 10.0) -> T:
        """Return what is read at a path, for questions that have no method of their own."""
        return self._parsed(path, await self._connections.request("GET", path, timeout_s=timeout_s), kind)

    def _parsed(self, path: str, content: bytes, kind: type[T]) -> T:
        return cast("T", parsed(f"{self.url}{path}", content, kind))


def _decoded(url: str, decode: Callable[[str | bytes], list[T]], message: str | bytes) -> list[T]:
    try:
        return decode(message)
    except DataError as error:
        detail = error.problem.params.get("detail", error.code)
        raise LinkError("link.wrong_shape", url=url, detail=detail, first=first_of(message)) from error


def _check_version(url: str, plain: dict[str, object]) -> None:
    """Compare the version of the link before anything else is read of a handshake."""
    theirs = plain.get("protocol")
    if not isinstance(theirs, int):
        raise LinkError("link.wrong_shape", url=url, detail="protocol", first=first_of(to_json(plain)))
    if theirs == PROTOCOL:
        return
    params = {"node": plain.get("node"), "url": url, "theirs": theirs, "ours": PROTOCOL}
    params |= {"software": plain.get("software"), "our_software": __version__}
    if theirs > PROTOCOL:
        raise VersionError("link.update_this_pc", **params)
    raise VersionError("link.update_other_pc", **params)
