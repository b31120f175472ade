"""The far end, a process of its own: a bench with a car on it behind each port."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence

from carcheck_desktop.devices.machinery.registry import DeviceConfig
from carcheck_desktop.devices.machinery.serving import SimulatedInstruments
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.world import VirtualWorld

LONGEST_TEST_S = 60


def configs(ports: Sequence[str]) -> list[DeviceConfig]:
    """Return one bench a port, each in a lane of its own, with a time-out that leaves it turning for a minute."""
    return [
        DeviceConfig(
            f"bench-{number}",
            "BrakeTester",
            "carcheck_roller_brake",
            port,
            baud=115200,
            place=f"{number}/bench",
            options={"time_out_s": LONGEST_TEST_S},
        )
        for number, port in enumerate(ports, start=1)
    ]


def main(ports: Sequence[str]) -> None:
    """Serve the benches until SIGTERM; then say how much processor time it took."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    world = VirtualWorld(1)
    for number, _ in enumerate(ports, start=1):
        world.enter(str(number), make_car(1, f"渝A0000{number}", 1200 + 100 * number))
        world.drive_onto(str(number), "bench", 1, time.monotonic())
    instruments = SimulatedInstruments(configs(ports), world, time.monotonic, pace=True)
    instruments.start()
    print("ready", flush=True)
    over.wait()
    instruments.close()
    print(time.process_time(), flush=True)
