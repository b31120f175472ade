"""What an edition of GB 18285 must hold."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import (
    AsmRestart,
    Bounds,
    Compared,
    DrivingMode,
    FirstDay,
    FlowOf,
    GasHc,
    LimitSet,
    OutOfBand,
    Switch,
    TractionControl,
)
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
    Quantity.ASM5025_CO: Judged(Unit.PERCENT, BY_SET),
    Quantity.ASM5025_HC: Judged(Unit.PPM, BY_SET),
    Quantity.ASM5025_NO: Judged(Unit.PPM, BY_SET),
    Quantity.ASM2540_CO: Judged(Unit.PERCENT, BY_SET),
    Quantity.ASM2540_HC: Judged(Unit.PPM, BY_SET),
    Quantity.ASM2540_NO: Judged(Unit.PPM, BY_SET),
    Quantity.VMAS_CO: Judged(Unit.GRAM_PER_KILOMETRE, BY_SET),
    Quantity.VMAS_HC: Judged(Unit.GRAM_PER_KILOMETRE, BY_SET),
    Quantity.VMAS_NOX: Judged(Unit.GRAM_PER_KILOMETRE, BY_SET),
    Quantity.TRANSIENT_CO: Judged(Unit.GRAM_PER_KILOMETRE, BY_SET),
    Quantity.TRANSIENT_HC_NOX: Judged(Unit.GRAM_PER_KILOMETRE, BY_SET),
    Quantity.OBD: Judged(Unit.NONE, {}),
    Quantity.APPEARANCE: Judged(Unit.NONE, {}),
    Quantity.EMISSION_OVERALL: Judged(Unit.NONE, {}),
}
COMPUTED: dict[Quantity, Unit] = {
    Quantity.EXCESS_AIR: Unit.NONE,
    Quantity.DILUTION_FACTOR: Unit.NONE,
    Quantity.CORRECTED_CO2: Unit.PERCENT,
    Quantity.HUMIDITY_FACTOR: Unit.NONE,
    Quantity.ABSOLUTE_HUMIDITY: Unit.NONE,
    Quantity.REFERENCE_MASS: Unit.KILOGRAM,
    Quantity.ASM5025_POWER: Unit.KILOWATT,
    Quantity.ASM2540_POWER: Unit.KILOWATT,
    Quantity.DILUTION_RATIO: Unit.NONE,
    Quantity.EXHAUST_FLOW: Unit.LITRE_PER_SECOND,
    Quantity.VMAS_DISTANCE: Unit.KILOMETRE,
    Quantity.VMAS_CO_MASS_FLOW: Unit.MILLIGRAM_PER_SECOND,
    Quantity.VMAS_HC_MASS_FLOW: Unit.MILLIGRAM_PER_SECOND,
    Quantity.VMAS_NOX_MASS_FLOW: Unit.MILLIGRAM_PER_SECOND,
    Quantity.EMISSION_METHOD: Unit.NONE,
}
IDLE_CONSTANTS = (
    "dilution_percent",
    "high_idle_band_rpm",
    "high_idle_rpm_heavy",
    "high_idle_rpm_light",
    "hold_s",
    "idle_high_rpm",
    "idle_low_rpm",
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
FORMULA_CONSTANTS = (
    "dilution_a_lpg",
    "dilution_a_natural_gas",
    "dilution_a_petrol",
    "dilution_co_share",
    "dilution_most",
    "humidity_reference",
    "humidity_scale",
    "humidity_slope",
    "humidity_to_C",
    "lambda_hcv",
    "lambda_hcv_lpg",
    "lambda_hcv_natural_gas",
    "lambda_k1",
    "lambda_ocv",
    "lambda_water_gas",
    "reference_mass_added_kg",
    "saturation_base_C",
    "saturation_curve_C",
    "saturation_kPa",
    "saturation_slope",
)
ASM_CONSTANTS = (
    "asm2540_kg_per_kW",
    "asm2540_kmh",
    "asm5025_kg_per_kW",
    "asm5025_kmh",
    "asm_abort_percent",
    "asm_abort_s",
    "asm_band_kmh",
    "asm_end_s",
    "asm_fast_percent",
    "asm_longest_s",
    "asm_out_running_s",
    "asm_out_total_s",
    "asm_prepare_s",
    "asm_steady_s",
    "asm_torque_percent",
    "asm_window_kmh",
    "asm_window_other_kmh",
    "asm_window_s",
)
VMAS_CONSTANTS = (
    "vmas_distance_km",
    "vmas_distance_off_km",
    "vmas_gas_constant",
    "vmas_hc_density_other",
    "vmas_molar_co",
    "vmas_molar_hc",
    "vmas_molar_nox",
    "vmas_pressure_Pa",
    "vmas_zero_K",
)
OBD_CONSTANTS = (
    "obd_binding_from",
    "obd_diesel_from",
    "obd_heavy_petrol_from",
    "obd_light_petrol_from",
    "obd_light_petrol_other",
    "obd_open_monitors",
)
CONSTANTS = (*IDLE_CONSTANTS, *FORMULA_CONSTANTS, *ASM_CONSTANTS, *VMAS_CONSTANTS, *OBD_CONSTANTS)
SETTINGS: dict[str, tuple[str, ...]] = {
    "limit_set": tuple(LimitSet),
    "lambda_bounds": tuple(Bounds),
    "compared": tuple(Compared),
    "traction_control": tuple(TractionControl),
    "speed_out_of_band": tuple(OutOfBand),
    "simple_driving_mode": tuple(DrivingMode),
    "natural_gas_hc": tuple(GasHc),
    "asm_restart": tuple(AsmRestart),
    "asm_500_percent": tuple(Switch),
    "vmas_dilution": tuple(Switch),
    "exhaust_flow_of": tuple(FlowOf),
    "obd_first_day": tuple(FirstDay),
}
