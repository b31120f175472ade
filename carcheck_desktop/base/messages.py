"""What people read: a code with parameters, rendered from the gettext catalogues.

Windows, papers, command line and stored reasons all carry `Message` or `Problem`; the words live
in `resources/locale/<language>/<room>.po` and in a driver's own `locale/<language>.po`. No text
for people is written in code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Param = str | int


class Severity(StrEnum):
    """How loudly a problem is shown."""

    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"
    """Somebody may be hurt: shown first, in red, until it is put right."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for people: `code` names the catalogue entry, `params` fill its placeholders."""

    code: str
    params: dict[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something went wrong: its code has a cause, an evidence and a next step in every language.

    The catalogue entries are `<code>.cause`, `<code>.evidence` and `<code>.next`; all three share
    `params`.
    """

    code: str
    params: dict[str, Param] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def cause(self) -> Message:
        """What happened, in one sentence."""
        return Message(f"{self.code}.cause", self.params)

    @property
    def evidence(self) -> Message:
        """What was seen that shows it: bytes, names, figures."""
        return Message(f"{self.code}.evidence", self.params)

    @property
    def next_step(self) -> Message:
        """What the reader can do now."""
        return Message(f"{self.code}.next", self.params)


def word(member: StrEnum) -> Message:
    """Return the message that names one member of a worded enumeration: `<Enum>.<value>`."""
    return Message(f"{type(member).__name__}.{member.value}")


def params_of(values: Mapping[str, object]) -> dict[str, Param]:
    """Keep integers and turn every other value into text, so that it can be stored and sent."""
    return {
        key: value if isinstance(value, int) and not isinstance(value, bool) else str(value)
        for key, value in values.items()
    }
