"""Roller brake tester JXGT2 and axle scale JXZB10 of Jiangxing, frames "41 LEN CMD"."""

from __future__ import annotations

from carcheck_desktop.devices.api import DriverInfo, Offer, WireKind
from drivers.jiangxing_aframe.driver import AxleScaleJxzb10, BrakeTesterJxgt2
from drivers.jiangxing_aframe.protocol import (
    BENCH_OPTIONS,
    BENCH_POINTS,
    NAME,
    RECORD_BYTES,
    RECORD_RATE_HZ,
    SCALE_OPTIONS,
    SCALE_POINTS,
)
from drivers.jiangxing_aframe.simulator import BenchSimulator, ScaleSimulator

BAUD = 38400
"""Our reading (L): the source leaves the baud rate to each site."""

DRIVER = DriverInfo(
    NAME,
    "1.0",
    "protocol page “41 LEN CMD family” (frame and literals H, fields M, the rest L: doubtful options)",
    {
        "BrakeTester": Offer(
            BrakeTesterJxgt2,
            lambda context: {0: BenchSimulator(context)},
            BENCH_POINTS,
            WireKind.FRAMES,
            BAUD,
            options=BENCH_OPTIONS,
            load=lambda bytes_per_s, speed: RECORD_BYTES * RECORD_RATE_HZ * speed / bytes_per_s,
        ),
        "AxleScale": Offer(
            AxleScaleJxzb10,
            lambda context: {0: ScaleSimulator(context)},
            SCALE_POINTS,
            WireKind.FRAMES,
            BAUD,
            options=SCALE_OPTIONS,
        ),
    },
)
