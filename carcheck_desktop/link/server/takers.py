"""The paths that bring something in: commands, blobs, other nodes' journals, lanes' addresses."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Path, Query, Request, Response

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import COMMANDS, Command, Envelope, Reply
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.ports import IntakeResult
from carcheck_desktop.domain.station import LaneAddress
from carcheck_desktop.link.server.answers import answer, json_body, raw_body
from carcheck_desktop.link.server.describe import body, problems, shape, told
from carcheck_desktop.link.wire import (
    DIGEST_PATTERN,
    MAX_BATCH,
    MAX_BLOB_BYTES,
    MAX_CHUNK_BYTES,
    MAX_COMMAND_BYTES,
    MAX_JOURNAL_BYTES,
    ORDERS,
    BlobState,
    decode_entries,
    decode_order,
    host_of,
    is_loopback,
)

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import CommandDoor, Desk, JournalIntake, NodeBook
    from carcheck_desktop.link.server.chunks import ChunkedBlobs

log = logging.getLogger(__name__)

Digest = Annotated[str, Path(pattern=DIGEST_PATTERN, description="SHA-256 in hexadecimal")]


class OnceAtATime:
    """Lets a command that is sent again while it is being done wait for that one's reply."""

    def __init__(self, door: CommandDoor) -> None:
        self._door = door
        self._running: dict[bytes, asyncio.Task[Reply]] = {}

    async def execute(self, sent: bytes, envelope: Envelope) -> Reply:
        """Carry out a command known by the bytes it was sent as."""
        task = self._running.get(sent)
        if task is None:
            task = asyncio.ensure_future(self._door.execute(envelope))
            self._running[sent] = task
            task.add_done_callback(lambda _: self._running.pop(sent, None))
        return await asyncio.shield(task)


def add_commands(app: FastAPI, door: CommandDoor, kinds: frozenset[str], nodes: NodeBook | None = None) -> None:
    """Add one typed path for each command that this door takes."""
    once = OnceAtATime(door)
    for kind, command in COMMANDS.items():
        if kind in kinds:
            _add_command(app, once, kind, command, nodes)

    @app.post("/commands/{kind}", include_in_schema=False)
    async def foreign(kind: Annotated[str, Path(max_length=100)]) -> Response:
        return answer(Problem("link.request.not_this_door", {"kind": kind}), 404)


def _add_command(app: FastAPI, once: OnceAtATime, kind: str, command: type[Command], nodes: NodeBook | None) -> None:
    async def take(request: Request) -> Response:
        sent = await json_body(request, MAX_COMMAND_BYTES)
        envelope = decode_order(kind, sent)
        await _seen(request, envelope.node, nodes)
        return answer(await once.execute(sent, envelope))

    app.add_api_route(
        f"/commands/{kind}",
        take,
        methods=["POST"],
        name=kind,
        summary=(command.__doc__ or kind).partition("\n")[0],
        response_class=Response,
        responses={
            200: told("carried out, or refused by a rule of the house", shape(Reply)),
            **problems(s413="longer than any command", s415="not JSON"),
        },
        openapi_extra=body(shape(ORDERS[kind])),
    )


async def _seen(request: Request, node: str, nodes: NodeBook | None) -> None:
    """Tell who keeps count of nodes; that it cannot be written down keeps nobody from being served."""
    if nodes is None:
        return
    address = request.client.host if request.client is not None else ""
    try:
        await asyncio.to_thread(nodes.see, node, request.headers.get("user-agent", ""), address)
    except CarcheckError as error:
        log.warning("that %s spoke could not be written down: %s", node[:40], error)


def add_blobs(app: FastAPI, blobs: ChunkedBlobs) -> None:
    """Add the paths of curves, photos and clips."""
    _add_blob_reading(app, blobs)

    @app.put(
        "/blobs/{sha256}",
        summary="Add a piece; a wrong offset changes nothing, the answer says where to go on",
        response_class=Response,
        responses={
            200: told("what is here now", shape(BlobState)),
            **problems(s413="the piece is too large", s503="the disk refuses"),
        },
        openapi_extra=body({"type": "string", "format": "binary"}, "application/octet-stream"),
    )
    async def put_blob(
        request: Request,
        sha256: Digest,
        offset: Annotated[int, Query(ge=0, le=MAX_BLOB_BYTES)],
        total: Annotated[int, Query(ge=0, le=MAX_BLOB_BYTES)],
    ) -> Response:
        piece = await raw_body(request, MAX_CHUNK_BYTES)
        return answer(await asyncio.to_thread(blobs.append, sha256, offset, total, piece))


def _add_blob_reading(app: FastAPI, blobs: ChunkedBlobs) -> None:
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

    @app.get(
        "/blobs/{sha256}",
        summary="The content from `offset` on",
        response_class=Response,
        responses={200: {"description": "bytes", "content": content}, **problems(s404="not here")},
    )
    async def get_blob(sha256: Digest, offset: Annotated[int, Query(ge=0, le=MAX_BLOB_BYTES)] = 0) -> Response:
        found = await asyncio.to_thread(blobs.get, sha256)
        if found is None:
            return answer(Problem("link.blob.not_here", {"digest": sha256[:12]}), 404)
        return Response(found[offset:], media_type="application/octet-stream")

    @app.get(
        "/blobs/{sha256}/state",
        summary="How much of a blob is here",
        response_class=Response,
        responses={200: told("what is here", shape(BlobState)), **problems()},
    )
    async def blob_state(sha256: Digest) -> Response:
        return answer(await asyncio.to_thread(blobs.state, sha256))


def add_intake(app: FastAPI, intake: JournalIntake, nodes: NodeBook | None = None) -> None:
    """Add the paths by which a node ships its journal."""

    @app.get(
        "/heads",
        summary="The last sequence number known of every node",
        response_class=Response,
        responses={
            200: told("by node", {"type": "object", "additionalProperties": {"type": "integer"}}),
            **problems(),
        },
    )
    async def heads() -> Response:
        return answer(await asyncio.to_thread(intake.heads))

    @app.post(
        "/journal",
        summary="Entries of other nodes in order: known ones are skipped, a gap or wrong hash ends the batch",
        response_class=Response,
        responses={
            200: told("how far each node's journal is here now", shape(IntakeResult)),
            **problems(s413="too many bytes", s415="not JSON", s503="the database cannot be written"),
        },
        openapi_extra=body({"type": "array", "items": shape(Entry), "maxItems": MAX_BATCH}),
    )
    async def journal(request: Request) -> Response:
        entries = decode_entries(await json_body(request, MAX_JOURNAL_BYTES))
        if len(entries) > MAX_BATCH:
            raise DataError("link.request.too_many", given=len(entries), limit=MAX_BATCH)
        for node in {entry.node for entry in entries}:
            await _seen(request, node, nodes)
        return answer(await intake.take_in(entries))


def add_lanes(app: FastAPI, desk: Desk, nodes: NodeBook | None = None) -> None:
    """Add the path by which a lane says where it is served."""

    @app.post(
        "/lanes",
        summary="A lane says where it is served; the newest address wins",
        response_class=Response,
        responses={200: told("the address as registered", shape(LaneAddress)), **problems(s415="not JSON")},
        openapi_extra=body(shape(LaneAddress)),
    )
    async def lanes(request: Request) -> Response:
        address = from_json(await json_body(request, MAX_COMMAND_BYTES), LaneAddress)
        if not is_loopback(host_of(address.url) or ""):
            raise DataError("link.request.lane_elsewhere", lane=address.lane, url=address.url)
        await asyncio.to_thread(desk.register_lane, address)
        await _seen(request, address.node, nodes)
        return answer(address)
