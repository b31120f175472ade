"""What `app` hands to a lane, and what a step hands back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.devices.api.kinds import AxleScale, BrakeTester, GasAnalyser
    from carcheck_desktop.domain.exhaust import ExhaustRecord, TwoSpeedIdleDemand, TwoSpeedIdleRun
    from carcheck_desktop.domain.measurements import (
        AxleWeighing,
        Curve,
        Effort,
        InstrumentUsed,
        Origin,
        ParkingBrakeRun,
        ServiceBrakeRun,
    )
    from carcheck_desktop.domain.ports import LaneJournal, SampleSink, VisitBook
    from carcheck_desktop.domain.verdicts import PlannedItem, VerdictCard
    from carcheck_desktop.domain.views import AttemptView

ENOUGH_BYTES = 200_000_000
"""Free room on the disk below which no item is begun: some hundred items with curves, and the database's own tidying."""

SCALE = "scale"
BENCH = "bench"
EMISSION = "emission"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a step recorded; exactly one of `weighing`, `service_brake`, `parking_brake`, `two_speed_idle` is set.

    `curve` is set for brakes, `exhaust` for two-speed idle; `blob` is its canonical JSON, whose digest the run names.
    """

    origin: Origin
    instruments: tuple[InstrumentUsed, ...]
    effort: Effort
    weighing: AxleWeighing | None = None
    service_brake: ServiceBrakeRun | None = None
    parking_brake: ParkingBrakeRun | None = None
    curve: Curve | None = None
    blob: bytes | None = None
    two_speed_idle: TwoSpeedIdleRun | None = None
    exhaust: ExhaustRecord | None = None


class Judge(Protocol):
    """Turns raw measurements into verdict cards; pure for the same attempt and measurement."""

    @property
    def hashes(self) -> Mapping[str, str]:
        """The hash of the tables of each edition that it knows."""
        ...

    def follow(self, tables: Mapping[str, str]) -> None:
        """Judge with the service's tables from now on, given as hash by file, where they are here; never during an attempt."""
        ...

    def demanded_sum_daN(self, attempt: AttemptView, item: PlannedItem) -> Decimal | None:
        """Return the sum of both wheels that the item's limit asks for, None where there is none."""
        ...

    def demand(self, attempt: AttemptView, item: PlannedItem) -> TwoSpeedIdleDemand | None:
        """Return what a test of the exhaust asks for, None for every other item."""
        ...

    def judge(self, attempt: AttemptView, measured: Measured) -> tuple[VerdictCard, ...]:
        """Return the cards of one item; none where nothing is judged."""
        ...


@dataclass(frozen=True, slots=True)
class LaneParts:
    """Everything one lane needs from outside; `bench`, `scale` and `gas` are None where not installed."""

    lane: str
    node: str
    clock: Clock
    journal: LaneJournal
    visits: VisitBook
    judge: Judge
    samples: SampleSink
    bench: BrakeTester | None
    scale: AxleScale | None
    gas: GasAnalyser | None = None
    enough_bytes: int = ENOUGH_BYTES

    @property
    def instruments(self) -> frozenset[str]:
        """The names of the instruments that items need."""
        return frozenset(each.name for each in (self.bench, self.scale, self.gas) if each is not None)

    @property
    def positions(self) -> frozenset[str]:
        """Where a car can be measured."""
        places = ((SCALE, self.scale), (BENCH, self.bench), (EMISSION, self.gas))
        return frozenset(place for place, instrument in places if instrument is not None)
