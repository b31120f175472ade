"""The service's errands: threads that hear what was committed, do what takes long or goes outside, and record what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store, Writer
    from carcheck_desktop.domain.station import LaneAddress


class Errand(Protocol):
    """One thread beside the writer."""

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread, never blocks."""
        ...

    def start(self, writer: Writer) -> None:
        """Begin with what is unfinished; facts heard before are not lost."""
        ...

    def close(self) -> None:
        """End the thread; what is unfinished is gone on with after the next start."""
        ...


def errands_of(
    station: Station, store: Store, clock: Clock, lanes: Iterable[LaneAddress]
) -> tuple[list[Errand], Scans]:
    """Return every errand of this station, not yet started, and where the counter leaves payment codes for one of them."""
    from carcheck_desktop.app.collecting import CollectThread
    from carcheck_desktop.app.estimating import EstimateThread
    from carcheck_desktop.app.insuring import InsuranceThread
    from carcheck_desktop.app.outside import insurer_of, payment_provider_of
    from carcheck_desktop.app.papers import house_of
    from carcheck_desktop.app.printers import PrintErrand
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.printing.spool.making import printers_by_place

    provider = payment_provider_of(station, clock)
    scans = Scans(provider.name if provider is not None else "")
    errands: list[Errand] = [
        EstimateThread(store, clock, lanes),
        InsuranceThread(store, clock, insurer_of(station, clock)),
        PrintErrand(store, printers_by_place(station.printers, station.folder)),
    ]
    if provider is not None:
        errands.append(CollectThread(store, provider, scans, clock, house_of(station)))
    return errands, scans
