"""States of the basic parts; no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlateState:
    """A plate as it looks on the car: its text and the kind that gives its colours."""

    text: str
    kind: str
