"""Reading requests and writing answers: sizes, content types, and errors as `Problem`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import CarcheckError, DataError, LinkError, RefusedError, StorageError, UsageError
from carcheck_desktop.base.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

STATUS: Mapping[type[CarcheckError], int] = {
    DataError: 422,
    UsageError: 400,
    RefusedError: 409,
    LinkError: 502,
    StorageError: 503,
}


def answer(value: object, status: int = 200) -> Response:
    """Return a value as `base.data` writes it."""
    return Response(to_json(value), status, media_type="application/json")


class NotTakenError(Exception):
    """A request whose body is not even read to its end."""

    def __init__(self, response: Response) -> None:
        self.response = response


async def json_body(request: Request, limit: int) -> bytes:
    """Return a JSON request's body; another content type or a longer body is refused.

    Asking for the content type keeps out what a browser sends without being asked.
    """
    given = request.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() != "application/json":
        raise NotTakenError(answer(Problem("link.request.not_json", {"given": given[:80]}), 415))
    return await raw_body(request, limit)


async def raw_body(request: Request, limit: int) -> bytes:
    """Return a request's body, or refuse it as soon as it is longer than `limit` bytes."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise NotTakenError(answer(Problem("link.request.too_large", {"limit": limit}), 413))
    return bytes(body)


def set_error_answers(app: FastAPI) -> None:
    """Make every error of the app a `Problem`."""
    app.add_exception_handler(NotTakenError, _not_taken)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(CarcheckError, _known)
    app.add_exception_handler(Exception, _unknown)


async def _not_taken(_request: Request, error: Exception) -> Response:
    return error.response if isinstance(error, NotTakenError) else _failed(error)


async def _malformed(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    detail = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in found)
    return answer(Problem("link.request.malformed", {"detail": detail}), 422)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    params: dict[str, str | int] = {"method": request.method, "path": request.url.path[:200], "status": status}
    return answer(Problem("link.request.no_such_path", params), status)


async def _known(request: Request, error: Exception) -> Response:
    if not isinstance(error, CarcheckError):
        return _failed(error)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if status >= 500:
        log.error("%s %s failed: %s", request.method, request.url.path[:200], error)
    return answer(error.problem, status)


async def _unknown(_request: Request, error: Exception) -> Response:
    return _failed(error)  # starlette raises it again after the answer, so that it is logged whole


def _failed(error: Exception) -> Response:
    return answer(Problem("link.server.failed", {"detail": type(error).__name__}), 500)
