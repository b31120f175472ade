"""Facts of the station itself: journals, processes, refused commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class JournalOpened(Fact):
    """First entry of every node's journal: whose it is, and whether it is training for ever."""

    kind: ClassVar[str] = "journal_opened"
    node: str
    station_code: str
    station_name: str
    training: bool
    public_key: str
    software: str

    @property
    def subject(self) -> str:
        """The node."""
        return self.node


@dataclass(frozen=True, slots=True)
class ProcessStarted(Fact):
    """A process of the node began to run."""

    kind: ClassVar[str] = "process_started"
    node: str
    software: str

    @property
    def subject(self) -> str:
        """The node."""
        return self.node


NODES = "nodes"
"""The subject under which all nodes are found."""


@dataclass(frozen=True, slots=True)
class NodeSeen(Fact):
    """A node gave its first command of a day, shipped its journal or said where it is served; or has another software or address."""

    kind: ClassVar[str] = "node_seen"
    node: str
    software: str
    address: str

    @property
    def subject(self) -> str:
        """All nodes together."""
        return NODES


@dataclass(frozen=True, slots=True)
class CommandRefused(Fact):
    """A door refused a command; kept because who asked for what is part of the ledger."""

    kind: ClassVar[str] = "command_refused"
    command_id: str
    command: str
    node: str
    reason: Problem

    @property
    def subject(self) -> str:
        """The command."""
        return self.command_id
