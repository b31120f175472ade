"""What can go wrong with a peer, each as a `LinkError` with cause, evidence and next step."""

from __future__ import annotations

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError, LinkError
from carcheck_desktop.base.messages import Problem

FIRST_CHARS = 120


class NotDeliveredError(LinkError):
    """Nothing reached the peer: no connection came about."""


class RefusedByPeerError(LinkError):
    """The peer understood and refused; its own problem is carried on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, **problem.params)
        self.problem = problem


class PeerFailedError(LinkError):
    """The peer answered that it could not."""


class VersionError(LinkError):
    """The two programs do not talk the same version of the link."""


class OtherEpochError(LinkError):
    """The peer's journal is another one now; take a new snapshot."""


def first_of(content: bytes | str) -> str:
    """Return the beginning of an answer as evidence, on one line."""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    return " ".join(text[:FIRST_CHARS].split())


def checked(url: str, status: int, content: bytes) -> bytes:
    """Return the content of a good answer, or raise what the other kinds mean."""
    if status == 200:
        return content
    try:
        problem = from_json(content, Problem)
    except DataError:
        problem = None
    if status >= 500:
        shown = problem.code if problem is not None else first_of(content)
        raise PeerFailedError("link.peer_failed", url=url, status=status, first=shown)
    if problem is not None:
        raise RefusedByPeerError(problem)
    raise LinkError("link.foreign_answer", url=url, status=status, first=first_of(content))


def parsed(url: str, content: bytes, kind: type) -> object:
    """Return an answer in its shape; an HTML page or another shape is a `LinkError`."""
    try:
        return from_json(content, kind)
    except DataError as error:
        raise misshapen(url, content, error) from error


def misshapen(url: str, content: bytes, error: DataError) -> LinkError:
    """Return what to raise for an answer that is not in its shape."""
    if content.lstrip()[:1] not in (b"{", b"["):
        return LinkError("link.foreign_answer", url=url, status=200, first=first_of(content))
    detail = error.problem.params.get("detail", "")
    return LinkError("link.wrong_shape", url=url, detail=detail, first=first_of(content))
