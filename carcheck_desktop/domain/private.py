"""Personal data of a visit: what hall, lanes and the feed never carry.

The journal holds only the digest of it (`VisitOpened.private_digest`); the data themselves are a row of the
service that is told to who may ask (`ShowVisit`) and can be erased when the law says so, without touching
the chain of the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from carcheck_desktop.base.data import digest_of, to_json


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who brought the vehicle (送检人), and which consent text was read and agreed to, when."""

    name: str = field(repr=False)
    telephone: str = field(repr=False)
    consent_text_version: str
    consented_at: datetime | None


@dataclass(frozen=True, slots=True)
class VisitPrivate:
    """The personal data of one visit; `salt` keeps a telephone number from being guessed from the digest."""

    visit_id: str
    salt: str = field(repr=False)
    owner: str = field(default="", repr=False)
    presenter: Presenter | None = None


def private_digest(private: VisitPrivate) -> str:
    """Return what the journal holds of it."""
    return digest_of(to_json(private).encode())
