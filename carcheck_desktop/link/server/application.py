"""The link's application: the same paths for a service and a lane, as many as the process has parts."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Path, Query, Response, WebSocket
from fastapi.routing import APIRoute

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.ports import VisitRecord
from carcheck_desktop.domain.station import Handshake, Snapshot
from carcheck_desktop.link.server.answers import answer, set_error_answers
from carcheck_desktop.link.server.describe import describe, problems, shape, told
from carcheck_desktop.link.server.explaining import add_verdicts
from carcheck_desktop.link.server.guard import Guard
from carcheck_desktop.link.server.streams import serve_feed, serve_samples
from carcheck_desktop.link.server.takers import add_blobs, add_commands, add_intake, add_lanes
from carcheck_desktop.link.wire import LARGEST_POSITION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from carcheck_desktop.domain.ports import Desk, Records
    from carcheck_desktop.link.server.parts import LinkParts
    from carcheck_desktop.link.server.ring import FactRing
    from carcheck_desktop.link.server.samples import SampleFan


def create_app(parts: LinkParts) -> FastAPI:
    """Return the application that serves these parts; run it with `LinkServer`."""
    app = FastAPI(
        title="carcheck link",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(parts),
        generate_unique_id_function=_operation_name,
    )
    app.add_middleware(Guard)
    set_error_answers(app)
    _add_desk(app, parts.desk)
    _add_feed(app, parts.desk, parts.facts)
    if parts.samples is not None:
        _add_samples(app, parts.samples)
    if parts.records is not None:
        _add_records(app, parts.records)
    if parts.verdicts is not None:
        add_verdicts(app, parts.verdicts)
    if parts.door is not None:
        add_commands(app, parts.door, parts.kinds, parts.nodes)
    if parts.blobs is not None:
        add_blobs(app, parts.blobs)
    if parts.intake is not None:
        add_intake(app, parts.intake, parts.nodes)
    if parts.takes_lanes:
        add_lanes(app, parts.desk, parts.nodes)
    _add_description(app, has_samples=parts.samples is not None)
    return app


def _operation_name(route: APIRoute) -> str:
    return route.name


def _lifespan(parts: LinkParts) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        sinks = [sink for sink in (parts.facts, parts.samples) if sink is not None]
        for sink in sinks:
            sink.attach(loop)
        yield
        for sink in sinks:
            sink.detach()

    return lifespan


def _add_desk(app: FastAPI, desk: Desk) -> None:
    @app.get(
        "/handshake",
        summary="Who answers here, and with which versions",
        response_class=Response,
        responses={200: told("this process", shape(Handshake)), **problems()},
    )
    async def handshake() -> Response:
        return answer(await asyncio.to_thread(desk.handshake))

    @app.get(
        "/snapshot",
        summary="All views at one moment, with the place in the feed to go on from",
        response_class=Response,
        responses={200: told("the views", shape(Snapshot)), **problems(s503="the database cannot be read")},
    )
    async def snapshot() -> Response:
        return await asyncio.to_thread(lambda: answer(desk.snapshot()))


def _add_feed(app: FastAPI, desk: Desk, ring: FactRing) -> None:
    @app.websocket("/feed")
    async def feed(
        socket: WebSocket,
        pos: Annotated[int, Query(ge=0, le=LARGEST_POSITION)],
        epoch: Annotated[str, Query(max_length=100)],
    ) -> None:
        mine = (await asyncio.to_thread(desk.handshake)).epoch
        await serve_feed(socket, ring, pos, same_epoch=epoch == mine)


def _add_samples(app: FastAPI, fan: SampleFan) -> None:
    @app.websocket("/samples")
    async def samples(socket: WebSocket) -> None:
        await serve_samples(socket, fan)


def _add_records(app: FastAPI, records: Records) -> None:
    @app.get(
        "/visits/{wanted}",
        summary="Everything recorded of a visit, by its id or by the newest one of a plate",
        response_class=Response,
        responses={200: told("the record", shape(VisitRecord)), **problems(s404="no such visit")},
    )
    async def visit(wanted: Annotated[str, Path(max_length=100)]) -> Response:
        record = await asyncio.to_thread(records.show, wanted)
        if record is None:
            return answer(Problem("link.visit_unknown", {"wanted": wanted}), 404)
        return await asyncio.to_thread(answer, record)


def _add_description(app: FastAPI, *, has_samples: bool) -> None:
    @app.get("/openapi.json", summary="This description", response_class=Response, include_in_schema=False)
    async def openapi() -> Response:
        return answer(describe(app, has_samples=has_samples))
