"""Signed heads against the journal: forged ones, another past, a cut tail, an unsigned tail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.store.tables.heads import read_heads, stored_head

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.domain.journal import SignedHead
    from carcheck_desktop.store.checking.chain import Walk
    from carcheck_desktop.store.checking.report import Findings


@dataclass(frozen=True, slots=True)
class Claim:
    """A head and where it is written: `row`, or a file's name."""

    source: str
    head: SignedHead


def claims_of_file(path: Path, findings: Findings) -> list[Claim]:
    """Read a file of heads; it must be read before the journal, which may be growing."""
    try:
        heads, strange = read_heads(path)
    except OSError:
        heads, strange = [], []
    if not heads and not strange:  # the opening of a journal writes the first one
        findings.add("store.verify.heads_missing", path=path)
    for number in strange:
        findings.add("store.verify.heads_line", path=path, line=number)
    return [Claim(path.name, head) for head in heads]


def claim_of_row(connection: Connection) -> list[Claim]:
    """Read the newest head that the database itself keeps."""
    try:
        head = stored_head(connection)
    except ValueError:
        return []  # no time in the row: reported as missing
    return [] if head is None else [Claim("row", head)]


def check_heads(claims: list[Claim], walk: Walk, public_key: str) -> None:
    """Hold every claim against the journal that was walked; equal findings of one source are one."""
    for source in dict.fromkeys(claim.source for claim in claims):
        genuine = [claim.head for claim in claims if claim.source == source]
        genuine = _without_forged(source, genuine, walk.findings, public_key)
        _check_source(source, genuine, walk)
    rows = [claim.head.pos for claim in claims if claim.source == "row"]
    if walk.entries and not rows:
        walk.findings.add("store.verify.head_missing", pos=walk.head.pos)
    elif rows and rows[0] < walk.head.pos:
        walk.findings.add("store.verify.tail_unsigned", signed=rows[0], have=walk.head.pos)


def _without_forged(source: str, heads: list[SignedHead], findings: Findings, public_key: str) -> list[SignedHead]:
    genuine = []
    for head in heads:
        if head.public_key == public_key and is_signed(public_key, head.signed_content(), head.signature):
            genuine.append(head)
        else:
            findings.add("store.verify.head_forged", source=source, pos=head.pos, node=head.node)
    return genuine


def _check_source(source: str, heads: list[SignedHead], walk: Walk) -> None:
    beyond = [head for head in heads if head.pos > walk.head.pos]
    if beyond:
        last = max(beyond, key=lambda head: head.pos)
        walk.findings.add("store.verify.tail_cut", source=source, have=walk.head.pos, signed=last.pos, at=last.at)
    other = [head for head in heads if head.pos in walk.chains and walk.chains[head.pos] != head.chain]
    if other:
        first = min(other, key=lambda head: head.pos)
        found = walk.chains[first.pos]
        walk.findings.add(
            "store.verify.head_differs", source=source, pos=first.pos, at=first.at, expected=first.chain, found=found
        )
