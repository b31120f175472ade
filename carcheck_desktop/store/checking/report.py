"""What `verify` found: findings that name their place, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from carcheck_desktop.base.messages import Problem, params_of


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one verification.

    `nodes` maps each node to its last sequence number; `position` and `chain` are the newest place
    and the station chain there, to be held against a head that was printed or sent out;
    `public_key` is the key that signatures were held against, `key_given` says that it came from
    the caller and not from the journal itself.
    """

    database: str
    findings: tuple[Problem, ...]
    entries: int
    visits: int
    users: int
    blobs: int
    heads: int
    nodes: dict[str, int]
    position: int
    chain: str
    public_key: str
    key_given: bool

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class Findings:
    """Findings as they are made."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, **params: object) -> None:
        """Note one finding."""
        self.problems.append(Problem(code, params_of(params)))
