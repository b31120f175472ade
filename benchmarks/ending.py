"""How a benchmark's car is paid for and its visit ended: by the virtual people of the office, each with the own session.

Every deed is a command over the link and is refused like anybody's; nothing is written past the service's door.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from benchmarks.training import CLERK, LOOK_S, PIN, SIGNER, TrainingStation
from carcheck_desktop.app.parts import folders_of
from carcheck_desktop.twin.office import Cashier, PickupClerk, Scene, Signer, Worker
from carcheck_desktop.twin.scenario import Arrival, Pays

if TYPE_CHECKING:
    from pathlib import Path

    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.views import VisitView

PLACES = ("counter", "pickup")
"""Where papers come out: receipts at the one, reports and notices at the other."""
ENDED_S = 60.0


@dataclass(frozen=True)
class Trays:
    """What lies in the printers' trays."""

    folder: Path

    def pages(self, printer: str) -> tuple[bytes, ...]:
        """Return the whole pages that were cut, the oldest first."""
        return tuple(path.read_bytes() for path in sorted((self.folder / printer).glob("*.escpos")))


@dataclass
class Office:
    """Cashier, signer and pickup clerk of a training station that has printers at both `PLACES`."""

    here: TrainingStation
    workers: tuple[tuple[str, Worker], ...] = field(init=False)

    def __post_init__(self) -> None:
        trays = Trays(folders_of(self.here.station).printed)
        clerk, pickup = Cashier(trays, self.here.seed), PickupClerk(trays)
        self.workers = ((CLERK, clerk), (SIGNER, Signer(SIGNER, PIN)), (CLERK, pickup))

    def receive(self, car: Arrival, visit_id: str) -> None:
        """Take key and licence from the owner of a car that was taken in, and the money, in cash."""
        until_s = time.monotonic() + ENDED_S
        while self._do_next(car, self._visit(visit_id)) is not None:
            _in_time(until_s, visit_id)

    def end(self, car: Arrival, visit_id: str) -> VisitView:
        """Do what is left for a concluded visit: sign, print, call, hand back, close; return the visit as it ended.

        Raises `RuntimeError` for a command that is refused, `TimeoutError` when the visit does not come to its end.
        """
        until_s = time.monotonic() + ENDED_S
        while (visit := self._visit(visit_id)).ended_at is None:
            _in_time(until_s, visit_id)
            if self._do_next(car, visit) is None:
                time.sleep(LOOK_S)
        return visit

    def _visit(self, visit_id: str) -> VisitView:
        return next(each for each in self.here.snapshot().visits if each.visit_id == visit_id)

    def _do_next(self, car: Arrival, visit: VisitView) -> Command | None:
        """Let the first who has something to do for this visit do it; return what it was."""
        cars = {car.vehicle.plate: replace(car, pays=Pays.CASH)}
        scene = Scene({visit.visit_id: visit}, {}, cars, self.here.clock.now())
        for name, worker in self.workers:
            command = worker.next_command(scene)
            if command is not None:
                self.here.does(name, command)
                return command
        return None


def _in_time(until_s: float, visit_id: str) -> None:
    if time.monotonic() > until_s:
        raise TimeoutError(f"{visit_id} did not come to its end after {ENDED_S:.0f} s")
