"""Exhaust by two-speed idle (双怠速) as it is demanded, measured second by second, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.domain.verdicts import Comparison, Quantity


class IdlePhase(StrEnum):
    """The phases of a two-speed idle test in their order (GB 18285-2018 annex A)."""

    WARM_UP = "warm_up"
    ACCELERATE = "accelerate"
    HOLD = "hold"
    PROBE_IN = "probe_in"
    HIGH_RISE = "high_rise"
    HIGH_SETTLE = "high_settle"
    HIGH_SAMPLE = "high_sample"
    IDLE_FALL = "idle_fall"
    IDLE_SETTLE = "idle_settle"
    IDLE_SAMPLE = "idle_sample"
    PROBE_OUT = "probe_out"


class IdleEnd(StrEnum):
    """How a test ended: whole, or given up at once because the measurement cannot count."""

    WHOLE = "whole"
    DILUTED = "diluted"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class ExhaustSecond:
    """What the analyser said in one second; `number` counts from 1 without a gap, None: it cannot tell.

    `hc_ppm` is n-hexane equivalent, `lambda_` the analyser's own (ours is computed), `is_steady` whether the
    engine speed lay in the phase's band.
    """

    number: int
    at: datetime
    at_s: Decimal
    phase: IdlePhase
    co_percent: Decimal
    co2_percent: Decimal
    hc_ppm: Decimal
    o2_percent: Decimal
    no_ppm: Decimal | None
    lambda_: Decimal | None
    rpm: int
    oil_C: Decimal | None
    is_steady: bool


@dataclass(frozen=True, slots=True)
class ExhaustRecord:
    """Every second of a test; its canonical JSON is the blob that is kept."""

    seconds: tuple[ExhaustSecond, ...]


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase as it went: seconds from index `start` up to, not including, `end` of the record."""

    phase: IdlePhase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was seen to before the probe went in; ambient values None where no instrument gives them.

    `leak_checked_at` may be earlier on the same day; zero and residue (HC 残留) are of this very test.
    """

    leak_checked_at: datetime
    zeroed_at: datetime
    residue_hc_ppm: Decimal
    ambient_C: Decimal | None
    ambient_humidity_percent: Decimal | None
    ambient_kPa: Decimal | None


@dataclass(frozen=True, slots=True)
class TwoSpeedIdleRun:
    """One two-speed idle test; the means are not stored: standards take them from the record."""

    demand: TwoSpeedIdleDemand
    preparation: Preparation
    phases: tuple[PhaseSpan, ...]
    end: IdleEnd
    record_digest: str

    def span(self, phase: IdlePhase) -> PhaseSpan | None:
        """Return a phase as it went; None where the test did not come so far."""
        return next((each for each in self.phases if each.phase is phase), None)


@dataclass(frozen=True, slots=True)
class PhaseDemand:
    """What a phase asks for: how long, and between which engine speeds (None: no such bound)."""

    phase: IdlePhase
    duration_s: int
    low_rpm: int | None
    high_rpm: int | None


@dataclass(frozen=True, slots=True)
class DemandedLimit:
    """What a quantity will be held against, for whoever draws it."""

    quantity: Quantity
    comparison: Comparison
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class TwoSpeedIdleDemand:
    """What a test of this vehicle asks for: phases, limits, and when it cannot count, by the dated tables.

    CO + CO2 below `dilution_percent` in any second with the probe in, or an engine speed below `stall_rpm`,
    ends the test.
    """

    phases: tuple[PhaseDemand, ...]
    limits: tuple[DemandedLimit, ...]
    dilution_percent: Decimal
    stall_rpm: int
    oil_from_C: Decimal
    residue_hc_below_ppm: Decimal

    def of(self, phase: IdlePhase) -> PhaseDemand:
        """Return what a phase asks for."""
        return next(each for each in self.phases if each.phase is phase)
