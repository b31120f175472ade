"""The fields of the steady-state modes in a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from carcheck_desktop.standards.emission.asm.modes import AsmMode
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
from carcheck_desktop.standards.emission.formulas.humidity import Ambient


@dataclass(frozen=True, slots=True)
class AsmSecond:
    """One second of a mode: roller speed, dry gases in percent by volume, HC (n-hexane) and NO in 10⁻⁶, all as measured.

    `t_s` counts from 0, where the speed has been steady for 5 s; seconds before that are negative, and where the last five of
    them were not steady the clock starts later, once the vehicle has been. Without it the seconds
    are taken to follow each other from 0. `torque_off_percent` is how far the torque is from the set one, either side. An `rpm`
    of a stalled engine makes the mode invalid.
    """

    speed_kmh: Decimal
    co_percent: Decimal
    hc_ppm: Decimal
    no_ppm: Decimal
    co2_percent: Decimal
    o2_percent: Decimal | None = None
    t_s: int | None = None
    torque_off_percent: Decimal | None = None
    rpm: int | None = None


@dataclass(frozen=True, slots=True)
class AsmSeries:
    """One mode by itself, second by second.

    `seconds` of the mode alone, up to the one that decided it or to the end at 90 s. `fuel` is needed where `vehicle.fuel`
    does not name exactly one of petrol, LPG and natural gas. A mode that is not passed at 25 km/h decides nothing: ASM2540
    must follow.

    The inputs of each card have `decision` (`fast_pass`, `pass`, `next_asm2540`, `fail`, `invalid`), `decision_at_s` (t of the
    second that decided), `decision_clock_s` (the same on the clock, which goes back to 0), `restarts`, the ten seconds that are
    reported (`window_start_s` to `window_end_s`; where nothing was passed the last steady ones), and the fast check:
    `fast_window_co_percent`, `fast_window_hc_ppm`, `fast_window_no_ppm`, `fast_window_speed_valid`, `fast_window_half_limit_met`.
    """

    seconds: tuple[AsmSecond, ...]
    ambient: Ambient = field(default_factory=Ambient)
    fuel: ExhaustFuel | None = None


@dataclass(frozen=True, slots=True)
class AsmBoth:
    """The whole steady-state test: ASM5025, and ASM2540 where the first was not passed (empty where it was not run, or not needed).

    Everything else as in `asm5025` and `asm2540`. Once ASM2540 was needed, the cards of ASM5025 do not count.
    """

    asm5025_seconds: tuple[AsmSecond, ...]
    asm2540_seconds: tuple[AsmSecond, ...] = ()
    ambient: Ambient = field(default_factory=Ambient)
    fuel: ExhaustFuel | None = None


@dataclass(frozen=True, slots=True)
class AsmResult:
    """Results of one mode as another program gave them, corrected for dilution and humidity.

    CO in percent, HC (n-hexane) and NO in 10⁻⁶; at least one, the others are then not judged.
    """

    mode: AsmMode
    co_percent: Decimal | None = None
    hc_ppm: Decimal | None = None
    no_ppm: Decimal | None = None
    fuel: ExhaustFuel | None = None
