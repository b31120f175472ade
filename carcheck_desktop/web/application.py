"""The pages' routes: a ticket's page, what changes of it, and the stream that tells it; nothing here writes anything."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.ticket import PATH, scanned_secret
from carcheck_desktop.web.limits import Limit
from carcheck_desktop.web.page import fragment, page, problem_page
from carcheck_desktop.web.progress import Progress, progress_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.ports import OwnersBook, TicketHolder
    from carcheck_desktop.web.hub import Hub

FILES = Path(__file__).resolve().parents[2] / "resources" / "web"
TYPES = {"progress.css": "text/css; charset=utf-8", "progress.js": "text/javascript; charset=utf-8"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
SHOWN_AFTER_END = timedelta(days=7)
"""How long the page of a visit that ended can still be opened."""
BEAT_S = 15.0
"""Real seconds after which a quiet stream says that it lives, and what time it is."""
MOST_KNOWN = 2048


@dataclass
class OwnersPages:
    """What the pages need: the book of tickets, the hub of changes, the station's name and clock."""

    book: OwnersBook
    hub: Hub
    station: str
    language: str
    clock: Clock
    training: bool = False
    requests: Limit = field(default_factory=lambda: Limit(burst=40, per_s=2))
    misses: Limit = field(default_factory=lambda: Limit(burst=10, per_s=0.05))

    def __post_init__(self) -> None:
        self._words = {language: Catalogue(language) for language in LANGUAGES}
        self._known: OrderedDict[str, None] = OrderedDict()

    def words(self, request: Request) -> Catalogue:
        """Return the words of the language that was asked for, that the browser prefers, or the station's."""
        wanted = request.query_params.get("lang", "")
        if wanted in self._words:
            return self._words[wanted]
        for part in request.headers.get("accept-language", "").lower().split(","):
            for language in LANGUAGES:
                if part.strip().startswith(language[:2]):
                    return self._words[language]
        return self._words[self.language if self.language in self._words else LANGUAGES[0]]

    async def holder(self, request: Request, secret: str) -> TicketHolder | Problem:
        """Return whose ticket this is, or why nobody is told."""
        address, now_s = request.client.host if request.client else "-", time.monotonic()
        wait_s = self.requests.take(address, now_s)
        if secret not in self._known:
            wait_s = max(wait_s, self.misses.waits(address, now_s))
        if wait_s > 0:
            return Problem("web.too_often", {"wait_s": int(wait_s) + 1})
        found = await asyncio.to_thread(self.book.find, secret) if scanned_secret(secret) == secret else None
        if found is None:
            self.misses.take(address, now_s)
            return Problem("web.unknown_ticket")
        self._known[secret] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        ended_at = None if isinstance(found.view, ArrivalView) else found.view.ended_at
        if ended_at is not None and self.clock.now() - ended_at > SHOWN_AFTER_END:
            return Problem("web.over_long_ago", {"days": SHOWN_AFTER_END.days})
        return found

    def progress(self, holder: TicketHolder) -> Progress:
        """Return what is told of it now."""
        return progress_of(holder.view, holder.number, self.clock.now(), training=self.training)


STATUS = {"web.too_often": 429, "web.unknown_ticket": 404, "web.over_long_ago": 410}


def create_app(pages: OwnersPages) -> FastAPI:
    """Return the application of the owner's pages."""
    app = FastAPI(title="carcheck owner's page", docs_url=None, redoc_url=None, openapi_url=None)
    _add_static(app)
    _add_pages(app, pages)
    _add_stream(app, pages)

    async def nothing_here(request: Request, _error: Exception) -> Response:
        return _told(Problem("web.unknown_ticket"), pages.station, pages.words(request))

    app.add_exception_handler(404, nothing_here)
    return app


def _add_static(app: FastAPI) -> None:
    contents = {name: (FILES / name).read_bytes() for name in TYPES}

    def file_of(name: str) -> Callable[[], Response]:
        headers = HEADERS | {"Cache-Control": "max-age=600"}
        return lambda: Response(contents[name], media_type=TYPES[name], headers=headers)

    for name in TYPES:
        app.add_api_route(f"/static/{name}", file_of(name), methods=["GET"], response_class=Response)


def _add_pages(app: FastAPI, pages: OwnersPages) -> None:
    async def whole(request: Request, secret: str) -> Response:
        """Return a ticket's page."""
        words, holder = pages.words(request), await pages.holder(request, secret)
        if isinstance(holder, Problem):
            return _told(holder, pages.station, words)
        return HTMLResponse(page(pages.progress(holder), pages.station, words), headers=HEADERS)

    async def part(request: Request, secret: str) -> Response:
        """Return what changes of a ticket's page, for who asks from time to time."""
        words, holder = pages.words(request), await pages.holder(request, secret)
        if isinstance(holder, Problem):
            return JSONResponse({}, STATUS[holder.code], headers=HEADERS | _retry(holder))
        return JSONResponse(_told_now(pages.progress(holder), words), headers=HEADERS)

    app.add_api_route(f"{PATH}{{secret}}", whole, methods=["GET"], response_class=Response)
    app.add_api_route(f"{PATH}{{secret}}/part", part, methods=["GET"], response_class=Response)


def _add_stream(app: FastAPI, pages: OwnersPages) -> None:
    async def live(request: Request, secret: str) -> Response:
        """Return the stream of a ticket's page: what changes when it changes, and every 15 s the time."""
        words, holder = pages.words(request), await pages.holder(request, secret)
        if isinstance(holder, Problem):
            return JSONResponse({}, STATUS[holder.code], headers=HEADERS | _retry(holder))
        event = pages.hub.enter(holder.view.visit_id)
        if event is None:
            return JSONResponse({}, 429, headers=HEADERS | {"Retry-After": "60"})
        told = _stream(pages, secret, words, holder.view.visit_id, event)
        return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS | {"X-Accel-Buffering": "no"})

    app.add_api_route(f"{PATH}{{secret}}/live", live, methods=["GET"], response_class=Response)


async def _stream(
    pages: OwnersPages, secret: str, words: Catalogue, visit_id: str, event: asyncio.Event
) -> AsyncIterator[str]:
    shown = ""
    try:
        while not pages.hub.is_closed:
            event.clear()
            holder = await asyncio.to_thread(pages.book.find, secret)
            if holder is None:
                return
            progress = pages.progress(holder)
            told = _told_now(progress, words)
            if told["html"] == shown:
                del told["html"]
            else:
                shown = str(told["html"])
            yield f"data: {json.dumps(told, ensure_ascii=False)}\n\n"
            if progress.over:
                return
            try:
                await asyncio.wait_for(event.wait(), BEAT_S)
            except TimeoutError:
                continue
    finally:
        pages.hub.leave(visit_id, event)


def _told_now(progress: Progress, words: Catalogue) -> dict[str, object]:
    as_of = words.text(Message("web.progress.as_of", {"at": progress.at}))
    return {"html": fragment(progress, words), "as_of": as_of, "over": progress.over}


def _told(problem: Problem, station: str, words: Catalogue) -> Response:
    headers = HEADERS | _retry(problem)
    return HTMLResponse(problem_page(problem, station, words), STATUS[problem.code], headers=headers)


def _retry(problem: Problem) -> dict[str, str]:
    wait_s = problem.params.get("wait_s")
    return {} if wait_s is None else {"Retry-After": str(wait_s)}
