"""What a check found: where, what, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault in one picture: the check that found it, the part, what is wrong and what was measured."""

    check: str
    where: str
    what: str
    evidence: str = ""

    def line(self) -> str:
        """Return it as a person reads it."""
        return f"{self.check}: {self.where}: {self.what}" + (f" [{self.evidence}]" if self.evidence else "")
