"""The OpenAPI description: shapes come from the very types that are read and written.

`python -m carcheck_desktop.link.server.published` writes the published one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi.openapi.utils import get_openapi

from carcheck_desktop import __version__
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import Reply
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.domain.ports import IntakeResult, VisitRecord
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress, Snapshot
from carcheck_desktop.link.wire import ORDERS, BlobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

SHAPES: tuple[type, ...] = (
    Handshake, Snapshot, Problem, Reply, Entry, LiveSamples, IntakeResult, VisitRecord, VerdictView, LaneAddress, BlobState,
    *ORDERS.values(),
)  # fmt: skip

ABOUT = f"""How the processes of a carcheck station talk to each other and to integrators (protocol {PROTOCOL}).

Every answer is JSON; decimals travel as strings, times as RFC 3339 in UTC. Every error is a `Problem`.
A command answers 200 with a `Reply` whether it was carried out or refused by a rule of the house; the same
command (same id) may be sent again until it is answered and is done once. Commands that set machinery in
motion are never to be sent again.

To follow a process: `GET /snapshot`, then the WebSocket `/feed?pos=<snapshot.pos>&epoch=<snapshot.epoch>`.
Each message is a JSON array of facts in order: the fields of `Entry` and `pos`, the place to go on from.
Drop a fact whose `seq` is not above what the snapshot's `heads` (and the facts since) say of its `node`;
if one is missing, or the feed closes with 4001, take a new snapshot. Ping at least every 20 seconds.

The WebSocket `/samples` (where the process has live samples) sends one message a tick: a JSON array of
`LiveSamples`. Samples are for the screen: a slow reader misses the older ones.

Served on loopback addresses only; requests of web pages (with an Origin header) are refused.
"""

STREAMS = {
    "/feed": {
        "parameters": {"pos": "place after which to go on", "epoch": "the snapshot's epoch"},
        "message": {
            "type": "array",
            "items": {
                "allOf": [
                    {"$ref": "#/components/schemas/Entry"},
                    {"type": "object", "properties": {"pos": {"type": "integer"}}, "required": ["pos"]},
                ]
            },
        },
        "close_codes": {"4001": "another epoch: take a new snapshot", "1011": "the journal could not be read"},
    },
    "/samples": {
        "parameters": {},
        "message": {"type": "array", "items": {"$ref": "#/components/schemas/LiveSamples"}},
        "close_codes": {},
    },
}


def shape(kind: type) -> dict[str, str]:
    """Return the reference to a type's schema."""
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def told(about: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a JSON answer."""
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def problems(**more: str) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers every path has, and more by status (`s404="…"`)."""
    usual = {"s403": "a web page or a foreign host asked", "s422": "malformed", "s500": "this process failed"}
    return {int(key[1:]): told(about, shape(Problem)) for key, about in {**usual, **more}.items()}


def body(schema: Mapping[str, Any], kind: str = "application/json") -> dict[str, Any]:
    """Describe a request body."""
    return {"requestBody": {"required": True, "content": {kind: {"schema": schema}}}}


def describe(app: FastAPI, *, has_samples: bool) -> dict[str, Any]:
    """Return the OpenAPI description of an app."""
    if app.openapi_schema is None:
        plain = get_openapi(title="carcheck link", version=__version__, description=ABOUT, routes=app.routes)
        _, components = msgspec.json.schema_components(SHAPES, ref_template="#/components/schemas/{name}")
        plain["components"] = {"schemas": _used(plain, _straightened(components))}
        plain["x-websockets"] = {path: stream for path, stream in STREAMS.items() if path != "/samples" or has_samples}
        app.openapi_schema = plain
    return app.openapi_schema


def _straightened(components: dict[str, Any]) -> dict[str, Any]:
    """Straighten descriptions: docstrings keep their indentation otherwise."""
    for schema in components.values():
        if "description" in schema:
            schema["description"] = "\n".join(line.strip() for line in schema["description"].splitlines())
    return components


def _used(plain: object, components: dict[str, Any]) -> dict[str, Any]:
    """Keep the schemas that the paths need, and those the streams need."""
    wanted = _references(plain) | _references(STREAMS)
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        wanted |= _references(components[name]) - seen
    return {name: components[name] for name in sorted(seen)}


def _references(value: object) -> set[str]:
    if isinstance(value, dict):
        found = {value["$ref"].rpartition("/")[2]} if isinstance(value.get("$ref"), str) else set()
        return found.union(*(_references(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(_references(each) for each in value))
    return set()
