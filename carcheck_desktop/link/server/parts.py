"""What a process offers on the link; a part that is None is not served and not described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.commands import COMMANDS

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import CommandDoor, Desk, JournalIntake, NodeBook, Records, Verdicts
    from carcheck_desktop.link.server.chunks import ChunkedBlobs
    from carcheck_desktop.link.server.ring import FactRing
    from carcheck_desktop.link.server.samples import SampleFan


@dataclass(frozen=True, slots=True)
class LinkParts:
    """The ports behind one server: every process has a desk and a feed, the rest is its choice.

    `kinds` are the commands its door takes; `takes_lanes` is for the service, where lanes say
    their address; `nodes` hears which nodes speak.
    """

    desk: Desk
    facts: FactRing
    door: CommandDoor | None = None
    kinds: frozenset[str] = frozenset(COMMANDS)
    samples: SampleFan | None = None
    blobs: ChunkedBlobs | None = None
    intake: JournalIntake | None = None
    records: Records | None = None
    takes_lanes: bool = False
    nodes: NodeBook | None = None
    verdicts: Verdicts | None = None
