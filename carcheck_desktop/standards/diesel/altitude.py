"""How the smoke limit of lugging down grows with the height of the station above the sea; recalled, not seen in a text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.cards import Doubt, is_met
from carcheck_desktop.standards.families.axes import Compared
from carcheck_desktop.standards.families.diesel import AltitudeAllowance
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

LOWEST_M, HIGHEST_M = -500, 9000


def allowed(
    case: Case, limit: Limit, altitude_m: Decimal | None, exact: Fraction
) -> tuple[Limit, dict[str, str], list[Doubt]]:
    """Return the limit of k at a height, what a card must name of it, and the doubt where another reading decides otherwise.

    Up to the height of the tables, and for a limit that is none, nothing changes.
    """
    if altitude_m is None or limit.bound is not Bound.AT_MOST:
        return limit, {}, []
    height = between("altitude_m", altitude_m, LOWEST_M, HIGHEST_M)
    chosen = AltitudeAllowance(case.choice("altitude_allowance"))
    raised = {reading: _raised(case, limit, height, reading) for reading in AltitudeAllowance}
    found = raised[chosen]
    inputs = {
        "altitude_m": plain(height),
        "altitude_allowance": chosen.value,
        "limit_at_sea_level": plain(limit.value),
        "added_to_limit": plain(Fraction(found.value) - Fraction(limit.value)),
    }
    is_full = case.choice("compared") == Compared.FULL
    compared = exact if is_full else case.rounded(limit.quantity, exact)
    if len({is_met(each, compared) for each in raised.values()}) == 1:
        return found, inputs, []
    reason = Message("standards.doubt.altitude", {"altitude": plain(height), "limit": plain(found.value)})
    return found, inputs, [Doubt(case.choice_confidence("altitude_allowance"), reason)]


def _raised(case: Case, limit: Limit, height_m: Fraction, reading: AltitudeAllowance) -> Limit:
    steps = (height_m - Fraction(case.constant("altitude_from_m"))) / Fraction(case.constant("altitude_step_m"))
    if reading is AltitudeAllowance.NONE or steps <= 0:
        return limit
    if reading is AltitudeAllowance.STEPWISE:
        steps = Fraction(int(steps))
    added = min(
        steps * Fraction(case.constant("altitude_k_per_step_per_m")), Fraction(case.constant("altitude_k_most_per_m"))
    )
    return replace(limit, figures=(cut(Fraction(limit.value) + added),))
