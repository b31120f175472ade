"""What is added to a finished document when it goes to paper: its signature, that it is not signed, that it is a reprint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import moment
from carcheck_desktop.domain.documents import Align, Line, Rule, Run, Size, text_line
from carcheck_desktop.domain.signing import ReportState

if TYPE_CHECKING:
    from carcheck_desktop.desk.papers.pages.common import Wording
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.signing import ReportView


def signed_copy(document: Document, report: ReportView, signer: str, say: Wording) -> Document:
    """Return a report as it is printed: with who signed it when, and the digest and key that prove it.

    One that nobody signed says so at its top, and so does a rejected one. `signer` is the person's name for people.
    """
    if report.state is not ReportState.SIGNED:
        return with_note(document, say(Message("papers.copy.unsigned")))
    said = say(Message("papers.copy.signed", {"signer": signer, "at": moment(report.signed_at)}))
    proof = say(Message("papers.copy.proof", {"digest": report.digest, "key": report.public_key}))
    lines = (Rule(), Line((Run(said, Size.NORMAL, bold=True),)), text_line(proof, size=Size.SMALL))
    return replace(document, blocks=(*document.blocks, *lines))


def reprint(document: Document, number: int, voided: str, reason: str, say: Wording) -> Document:
    """Return a document printed again: which print it is, which paper it takes the place of, and why."""
    return with_note(
        document, say(Message("papers.copy.reprint", {"number": number, "voided": voided, "reason": reason}))
    )


def with_note(document: Document, note: str) -> Document:
    """Return a document with a note in bold before everything else."""
    return replace(document, blocks=(Line((Run(note, Size.NORMAL, bold=True),), Align.CENTRE), *document.blocks))
