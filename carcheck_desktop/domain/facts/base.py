"""The base of all facts."""

from __future__ import annotations

from typing import ClassVar


class Fact:
    """Base of all facts; `subject` is the visit, user, lane or device it is about."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    @property
    def subject(self) -> str:
        """The id of what the fact is about."""
        raise TypeError(f"{type(self).__name__} names no subject")
