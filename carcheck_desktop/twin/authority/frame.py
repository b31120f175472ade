"""One simulated centre over HTTP: a question in JSON, an answer marked as simulated, and the ways such a place fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

# FastAPI looks these up when it reads the handlers' annotations
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    Answers = Callable[[dict[str, Any]], dict[str, Any]]

PAGE = "<!DOCTYPE html><html><head><title>模拟平台登录</title></head><body>请先登录（模拟）</body></html>"
LONGEST_S = 60.0


@dataclass
class CentreFaults:
    """What is wrong with a centre just now; switched by name.

    `slow_s` real seconds pass before each answer; `down` means that nobody listens; `html` is a sign-in page where
    data should be; `failing` is HTTP 503; `refuses` is HTTP 401; `wrong_shape` is JSON of another kind.
    """

    slow_s: float = 0.0
    down: bool = False
    html: bool = False
    failing: bool = False
    refuses: bool = False
    wrong_shape: bool = False


def switches_of(faults: CentreFaults) -> dict[str, bool | float]:
    """Return every switch of a centre with its present value."""
    return {each.name: getattr(faults, each.name) for each in fields(faults)}


def set_switches(faults: CentreFaults, wanted: dict[str, bool | float]) -> None:
    """Set switches by name; raise `ValueError` for an unknown one or a value of another kind, and set nothing then."""
    present = switches_of(faults)
    for name, value in wanted.items():
        if name not in present:
            raise ValueError(f"unknown: {name}; known: {', '.join(present)}")
        if isinstance(present[name], bool) != isinstance(value, bool) or not 0 <= value <= LONGEST_S:
            raise ValueError(f"{name} = {value}")
    for name, value in wanted.items():
        setattr(faults, name, value)


def create_centre(channel: str, path: str, answers: Answers, faults: CentreFaults) -> FastAPI:
    """Return the app of one centre: POST `path` with a question in JSON; `answers` says what is known."""
    app = FastAPI(title=f"carcheck simulated {channel}", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post(path)
    async def answer(request: Request) -> Response:
        """Answer one question, or fail as it was switched."""
        content = await request.body()
        if faults.slow_s:
            await asyncio.sleep(faults.slow_s)
        failed = failure(faults)
        if failed is not None:
            return failed
        try:
            told = answers(from_json(content, dict))
        except DataError:
            told = {"head": {"code": "-1001", "message": "请求不是有效的 JSON（模拟）"}}
        return marked(told)

    return app


def failure(faults: CentreFaults) -> Response | None:
    """Return what a centre sends that cannot answer; None when it can."""
    if faults.refuses:
        return marked({"head": {"code": "12", "message": "未授权（模拟）"}}, 401)
    if faults.failing:
        return HTMLResponse(PAGE.replace("登录", "维护"), 503)
    if faults.html:
        return HTMLResponse(PAGE)
    return marked({"result": {"status": "ok", "rows": "none"}}) if faults.wrong_shape else None


def marked(told: dict[str, Any], status: int = 200) -> JSONResponse:
    """Return an answer that says of itself that it is simulated."""
    return JSONResponse({**told, "simulated": True}, status)
