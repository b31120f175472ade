"""Gas analysers Nanhua NHA-503, 503V, 506I, 501A and Fuli FLA-502: one byte asks, no echo in the answer."""

from __future__ import annotations

from carcheck_desktop.devices.api import DriverInfo, Offer, WireKind
from carcheck_desktop.devices.api.gas_bench import GasFaults
from drivers.nanhua_nha50x.driver import SingleByteAnalyser
from drivers.nanhua_nha50x.protocol import NAME, OPTIONS, POINTS
from drivers.nanhua_nha50x.simulator import SingleByteSimulator

ANSWER_BYTES = 22
"""Status and data block: what one reading brings, once a second."""

DRIVER = DriverInfo(
    NAME,
    "1.0",
    "protocol page “gas-nanhua-nha50x” (framing and 21-byte block H, variants M, the rest L: doubtful options)",
    {
        "GasAnalyser": Offer(
            SingleByteAnalyser,
            lambda context: {0: SingleByteSimulator(context)},
            POINTS,
            WireKind.FRAMES,
            9600,
            options=OPTIONS,
            load=lambda bytes_per_s, speed: ANSWER_BYTES * speed / bytes_per_s,
            faults=GasFaults,
        )
    },
)
