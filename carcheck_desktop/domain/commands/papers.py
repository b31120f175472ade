"""Commands about papers: print one, say what came out, void, print again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command
from carcheck_desktop.domain.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class RequestPrint(Command):
    """Print a paper of a visit; `place` "" is the usual one of its kind. Refused for one that is there or on its way."""

    kind: ClassVar[str] = "request_print"
    visit_id: str
    document: DocumentKind
    place: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPaper(Command):
    """Say whether a paper in doubt lies in the tray, whole and cut; the printer was switched off and on before."""

    kind: ClassVar[str] = "answer_paper"
    visit_id: str
    paper_id: str
    came_out: bool


@dataclass(frozen=True, slots=True)
class VoidPaper(Command):
    """Make a paper void, with the reason; a printed one is destroyed by who voids it."""

    kind: ClassVar[str] = "void_paper"
    visit_id: str
    paper_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reprint(Command):
    """Void a paper with a reason and print its document again; `place` "" is the place of the first one."""

    kind: ClassVar[str] = "reprint"
    visit_id: str
    paper_id: str
    reason: str
    place: str = ""


COMMANDS: tuple[type[Command], ...] = (RequestPrint, AnswerPaper, VoidPaper, Reprint)
