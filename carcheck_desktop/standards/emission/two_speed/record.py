"""The fields of two-speed idle in a record: seconds of both speeds, or the results alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel


@dataclass(frozen=True, slots=True)
class IdleSecond:
    """One second of the analyser: engine speed, dry gases in percent by volume, HC in 10⁻⁶ of n-hexane.

    `t_s` counts the seconds of the sample; where it is given, a lost second makes the test invalid.
    """

    rpm: int
    co_percent: Decimal
    hc_ppm: Decimal
    co2_percent: Decimal
    o2_percent: Decimal
    t_s: int | None = None


@dataclass(frozen=True, slots=True)
class TailPipe:
    """The seconds of one more tail pipe."""

    high_idle: tuple[IdleSecond, ...]
    idle: tuple[IdleSecond, ...]


@dataclass(frozen=True, slots=True)
class TwoSpeedIdle:
    """Two-speed idle (双怠速), second by second: 30 seconds of each speed after it has settled.

    `high_idle`, `idle`: the seconds of both samples, one value each second. More than 30 may be given: the first 30 that
    count are taken. `other_pipes`: the same of further tail pipes, whose arithmetic mean is the result. `fuel` is needed where
    `vehicle.fuel` does not name exactly one of petrol, LPG and natural gas; of a bi-fuel vehicle each fuel is a measurement
    of its own. `maker_high_idle_rpm`: high idle as the maker has it (1500 to 4500), instead of 2500 (light) or 1800 (heavy, by
    `vehicle.total_mass_kg`). The idle has no band that a source knows (setting `idle_band`). `maker_lambda_low`, `maker_lambda_high`: the maker's range of excess air, both or none.
    """

    high_idle: tuple[IdleSecond, ...]
    idle: tuple[IdleSecond, ...]
    other_pipes: tuple[TailPipe, ...] = ()
    fuel: ExhaustFuel | None = None
    maker_high_idle_rpm: int | None = None
    maker_lambda_low: Decimal | None = None
    maker_lambda_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TwoSpeedIdleResult:
    """Results of two-speed idle as another program gave them; at least one, the others are then not judged.

    CO in percent, HC in 10⁻⁶ of n-hexane, `high_idle_lambda` the excess air at high idle.
    """

    high_idle_co_percent: Decimal | None = None
    high_idle_hc_ppm: Decimal | None = None
    high_idle_lambda: Decimal | None = None
    idle_co_percent: Decimal | None = None
    idle_hc_ppm: Decimal | None = None
    fuel: ExhaustFuel | None = None
    maker_lambda_low: Decimal | None = None
    maker_lambda_high: Decimal | None = None
