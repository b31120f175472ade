"""What an edition of GB 18285 must hold."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import Bounds, Compared, LimitSet, TractionControl
from carcheck_desktop.standards.families.family import Judged

BY_SET = {"limit_set": LimitSet}
IDLE = (
    Quantity.HIGH_IDLE_CO, Quantity.HIGH_IDLE_HC, Quantity.HIGH_IDLE_LAMBDA, Quantity.IDLE_CO, Quantity.IDLE_HC,
)  # fmt: skip
"""What two-speed idle judges, in its order."""
JUDGED = {
    Quantity.HIGH_IDLE_CO: Judged(Unit.PERCENT, BY_SET),
    Quantity.HIGH_IDLE_HC: Judged(Unit.PPM, BY_SET),
    Quantity.HIGH_IDLE_LAMBDA: Judged(Unit.NONE, BY_SET),
    Quantity.IDLE_CO: Judged(Unit.PERCENT, BY_SET),
    Quantity.IDLE_HC: Judged(Unit.PPM, BY_SET),
}
COMPUTED: dict[Quantity, Unit] = {}
CONSTANTS = (
    "dilution_percent",
    "high_idle_band_rpm",
    "high_idle_rpm_heavy",
    "high_idle_rpm_light",
    "hold_s",
    "idle_high_rpm",
    "idle_low_rpm",
    "lambda_hcv",
    "lambda_k1",
    "lambda_ocv",
    "lambda_water_gas",
    "light_to_kg",
    "oil_from_C",
    "rated_rpm",
    "residue_hc_below_ppm",
    "sample_s",
    "settle_s",
    "stall_rpm",
    "warm_up_band_rpm",
    "warm_up_percent",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "limit_set": tuple(LimitSet),
    "lambda_bounds": tuple(Bounds),
    "compared": tuple(Compared),
    "traction_control": tuple(TractionControl),
}
