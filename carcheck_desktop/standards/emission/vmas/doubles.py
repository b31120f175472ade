"""What must not stand beside each other in a transient measurement: two ways at once, and two figures of one thing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.standards.emission.formulas.figures import out_of_range, shown

if TYPE_CHECKING:
    from fractions import Fraction

    from carcheck_desktop.domain.verdicts import Quantity
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.vmas.record import Vmas

MOMENT = (
    "o2_diluted_percent", "o2_raw_percent", "standard_flow_L_per_s", "exhaust_flow_L_per_s", "co_percent", "hc_ppm",
    "nox_ppm",
)  # fmt: skip
RESULTS = ("co_g_per_km", "hc_g_per_km", "nox_g_per_km", "co_g", "hc_g", "nox_g")


def refuse_mixed(record: Vmas) -> None:
    """Raise `DataError` naming a field of another way: of one moment beside a whole test, of results beside the seconds."""
    others = (*MOMENT, *RESULTS) if record.seconds else MOMENT
    for name in others:
        if (value := getattr(record, name)) is not None:
            raise out_of_range(name, value, "- (seconds)" if record.seconds else "- (g, g_per_km, distance_km)")


def refuse_other(case: Case, field: str, quantity: Quantity, given: Fraction, worked_out: Fraction) -> None:
    """Raise `DataError` naming a result that differs from what its parts come to by more than the last digit shown."""
    rounded = case.rounded(quantity, given), case.rounded(quantity, worked_out)
    exponent = rounded[0].as_tuple().exponent
    if abs(rounded[0] - rounded[1]) > Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0):
        raise out_of_range(field, given, shown(worked_out))
