"""The faulty provider as a process of its own: `python -m benchmarks.payments.provider PORT LEDGER SEED [quiet]`.

It is the twin's simulated provider with faults drawn for each question, and moments in which nobody listens. What it did
with money stands in the ledger before any answer goes out. SIGUSR1 ends all faults, so that what is unfinished can finish.
"""

from __future__ import annotations

import random
import signal
import sys
import threading
from pathlib import Path

from carcheck_desktop.twin.authority.payment import Ledger, PaymentFaults, SimulatedProvider
from carcheck_desktop.twin.authority.server import SimulatedCentre

CHANCES = {
    "lost_answer": 0.08, "double_answer": 0.05, "late": 0.04, "slow": 0.03, "html": 0.02, "failing": 0.02,
    "wrong_shape": 0.01, "wrong_amount": 0.02, "confirm": 0.08,
}  # fmt: skip
"""How often each fault befalls a question."""
LATE_S, CONFIRM_S = 6.5, 3.0
UP_S, DOWN_S = 14.0, 2.0


class Faults:
    """Draws what goes wrong with each question."""

    def __init__(self, seed: int, ledger: Ledger) -> None:
        self._random = random.Random(seed)
        self._ledger = ledger
        self._lock = threading.Lock()
        self.is_over = False

    def pick(self) -> PaymentFaults:
        """Return the faults of one question; at most one kind, but a customer may be slow beside it."""
        faults = PaymentFaults(confirm_s=CONFIRM_S)
        with self._lock:
            if self.is_over:
                return faults
            kind = self._random.choices([*CHANCES, ""], [*CHANCES.values(), 1 - sum(CHANCES.values())])[0]
            faults.declines = self._random.random() < 0.3
            faults.pays_after_close = self._random.random() < 0.5
            faults.refund_late_s = self._random.choice((0.0, 0.0, 1.0, 3.0))
        if kind == "late":
            faults.late_s = LATE_S
        elif kind == "slow":
            faults.slow_s = LATE_S
        elif kind:
            setattr(faults, kind, True)
        if kind:
            self._ledger.write("fault", kind=kind)
        return faults


def main() -> None:
    """Serve until SIGTERM."""
    port, ledger, seed = int(sys.argv[1]), Ledger(Path(sys.argv[2])), int(sys.argv[3])
    faults, over = Faults(seed, ledger), threading.Event()
    switched = PaymentFaults()
    provider = SimulatedProvider(faults.pick, ledger)
    centre = SimulatedCentre("payment", provider.app(), switched, port=port)
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    signal.signal(signal.SIGUSR1, lambda *_: setattr(faults, "is_over", True))
    centre.start()
    print("listening", flush=True)
    while not over.wait(UP_S):
        if not faults.is_over:
            ledger.write("fault", kind="down")
            centre.switch({"down": True})
            over.wait(DOWN_S)
            centre.switch({"down": False})
    centre.stop()


if __name__ == "__main__":
    main()
