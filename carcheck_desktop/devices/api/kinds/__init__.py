"""Kinds of instruments as lanes ask for them, written from two makes each; one file a kind.

For every kind: what a make can do (`…Abilities`), the plain values it gives, the synchronous
driver (`…Driver`, called in its line's thread only) and the asynchronous handle that lanes await.
"""

from __future__ import annotations

from carcheck_desktop.devices.api.kinds.axle_scale import AxleScale, AxleScaleDriver, WheelLoads
from carcheck_desktop.devices.api.kinds.brake_tester import (
    BrakeTester,
    BrakeTesterAbilities,
    BrakeTesterDriver,
    BrakeTesterStatus,
    CurveBlock,
    Side,
)
from carcheck_desktop.devices.api.kinds.digital_io import DigitalIo, DigitalIoDriver
from carcheck_desktop.devices.api.kinds.gas_analyser import (
    FORBIDDING,
    AnalyserState,
    GasAction,
    GasAnalyser,
    GasAnalyserAbilities,
    GasAnalyserDriver,
    GasAnalyserStatus,
    GasCheck,
    GasEnvironment,
    GasFlag,
    GasProgress,
    GasReading,
    GasSource,
)

__all__ = [
    "FORBIDDING",
    "KINDS",
    "AnalyserState",
    "AxleScale",
    "AxleScaleDriver",
    "BrakeTester",
    "BrakeTesterAbilities",
    "BrakeTesterDriver",
    "BrakeTesterStatus",
    "CurveBlock",
    "DigitalIo",
    "DigitalIoDriver",
    "GasAction",
    "GasAnalyser",
    "GasAnalyserAbilities",
    "GasAnalyserDriver",
    "GasAnalyserStatus",
    "GasCheck",
    "GasEnvironment",
    "GasFlag",
    "GasProgress",
    "GasReading",
    "GasSource",
    "Side",
    "WheelLoads",
]

KINDS = ("BrakeTester", "AxleScale", "DigitalIo", "GasAnalyser")
"""Kinds as station.toml names them."""
