"""Gas analysers Mingquan MQW-50A, MQW-50B and GasBoard-5160, frames "DID CMD LB"."""

from __future__ import annotations

from carcheck_desktop.devices.api import DriverInfo, Offer, WireKind
from carcheck_desktop.devices.api.gas_bench import GasFaults
from drivers.mingquan_mqw50a.driver import AnalyserMqw50
from drivers.mingquan_mqw50a.protocol import NAME, OPTIONS, POINTS
from drivers.mingquan_mqw50a.simulator import Mqw50Simulator

ANSWER_BYTES = 39
"""Answers 61 and 60: what one reading brings, once a second."""

DRIVER = DriverInfo(
    NAME,
    "1.0",
    "protocol page “gas-mingquan-mqw50a” (frame, data and actions H, status bits M to H, the rest L: doubtful options)",
    {
        "GasAnalyser": Offer(
            AnalyserMqw50,
            lambda context: {0: Mqw50Simulator(context)},
            POINTS,
            WireKind.FRAMES,
            9600,
            options=OPTIONS,
            load=lambda bytes_per_s, speed: ANSWER_BYTES * speed / bytes_per_s,
            faults=GasFaults,
        )
    },
)
