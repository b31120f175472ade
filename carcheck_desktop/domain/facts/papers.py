"""Facts of the print ledger; the document of a paper is the blob `digest`, which the entry that queues it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.papers import ConfirmedBy


class PaperFact(Fact):
    """Base of the facts of one paper of one visit."""

    __slots__ = ()
    visit_id: str
    paper_id: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class PaperQueued(PaperFact):
    """A document is to be printed at a place; `replaces` names the voided paper that it is printed for again."""

    kind: ClassVar[str] = "paper_queued"
    visit_id: str
    paper_id: str
    document: DocumentKind
    number: str
    digest: str
    place: str
    copy: int = 1
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class PaperPrinting(PaperFact):
    """The printer is ready and gets the first byte after this is durable."""

    kind: ClassVar[str] = "paper_printing"
    visit_id: str
    paper_id: str
    printer: str


@dataclass(frozen=True, slots=True)
class PaperWaits(PaperFact):
    """A paper does not come out just now and why; `begun`: some of it is in the printer, which goes on when it is mended."""

    kind: ClassVar[str] = "paper_waits"
    visit_id: str
    paper_id: str
    printer: str
    problem: Problem
    begun: bool


@dataclass(frozen=True, slots=True)
class PaperPrinted(PaperFact):
    """A paper is out."""

    kind: ClassVar[str] = "paper_printed"
    visit_id: str
    paper_id: str
    printer: str
    confirmed_by: ConfirmedBy = ConfirmedBy.STATUS


@dataclass(frozen=True, slots=True)
class PaperInDoubt(PaperFact):
    """Nobody knows whether a paper came out; it is not printed again by itself unless it may be there twice."""

    kind: ClassVar[str] = "paper_in_doubt"
    visit_id: str
    paper_id: str
    printer: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class PaperAnswered(PaperFact):
    """The entry's actor looked into the tray of a paper in doubt."""

    kind: ClassVar[str] = "paper_answered"
    visit_id: str
    paper_id: str
    came_out: bool


@dataclass(frozen=True, slots=True)
class PaperFailed(PaperFact):
    """A paper surely did not come out, and nobody tries any more."""

    kind: ClassVar[str] = "paper_failed"
    visit_id: str
    paper_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class PaperVoided(PaperFact):
    """A paper is void, for the reason that the entry's actor gave; `void_number` runs through the station without a gap."""

    kind: ClassVar[str] = "paper_voided"
    visit_id: str
    paper_id: str
    void_number: int
    reason: str


FACTS: tuple[type[Fact], ...] = (
    PaperQueued, PaperPrinting, PaperWaits, PaperPrinted, PaperInDoubt, PaperAnswered, PaperFailed, PaperVoided,
)  # fmt: skip
