"""Facts of reports and their signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class ReportMade(Fact):
    """A revision of a visit's report was made ready; the document is the blob `digest`, which the entry covers.

    `number` is the report's, the same for all its revisions; `revision` counts from 1.
    """

    kind: ClassVar[str] = "report_made"
    visit_id: str
    report_id: str
    number: str
    revision: int
    attempt_id: str
    outcome: Outcome
    digest: str
    software: str
    edition: str
    table_hash: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ReportSigned(Fact):
    """An authorised signer signed a revision with the own PIN; `by` is the entry's actor.

    `signature` is made with the station's key over `domain.signing.signed_content`; `public_key` belongs to it. Both in
    hexadecimal.
    """

    kind: ClassVar[str] = "report_signed"
    visit_id: str
    report_id: str
    revision: int
    digest: str
    software: str
    table_hash: str
    by: str
    public_key: str
    signature: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ReportRejected(Fact):
    """A signer will not sign this revision, and why."""

    kind: ClassVar[str] = "report_rejected"
    visit_id: str
    report_id: str
    revision: int
    reason: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


FACTS: tuple[type[Fact], ...] = (ReportMade, ReportSigned, ReportRejected)
