"""Verdicts of diesel exhaust as derivations: the formula of each quantity with the card's own numbers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.records.figures import short
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.verdicts import VerdictCard


def _exact(card: VerdictCard) -> str:
    return "" if card.exact is None else short(plain(card.exact))


def _free_acceleration(card: VerdictCard) -> list[Message]:
    given = card.inputs
    used = [short(each) for each in given["used_per_m"].split(", ")]
    params: dict[str, Param] = {
        "numbers": given["used_accelerations"],
        "peaks": " + ".join(used),
        "count": len(used),
        "exact": _exact(card),
    }
    return [Message("standards.explain.diesel.peaks", params), _opacity(card)]


def _opacity(card: VerdictCard) -> Message:
    given = card.inputs
    params: dict[str, Param] = {
        "k": _exact(card),
        "path": given["path_m"],
        "opacity": short(given["opacity_percent"]),
    }
    return Message("standards.explain.diesel.opacity", params)


def _mean(card: VerdictCard) -> Message:
    given = card.inputs
    if "each_second" not in given:
        return Message("standards.explain.diesel.given", {"exact": _exact(card), "unit": behind(card.unit)})
    values = " + ".join(short(each) for each in given["each_second"].split(", "))
    params: dict[str, Param] = {
        "values": values,
        "seconds": given["seconds"],
        "exact": _exact(card),
        "unit": behind(card.unit),
    }
    return Message("standards.explain.diesel.mean", params)


def _smoke(card: VerdictCard) -> list[Message]:
    given, lines = card.inputs, [_mean(card), _opacity(card)]
    if "altitude_m" in given:
        params: dict[str, Param] = {
            "altitude": given["altitude_m"],
            "base": given["limit_at_sea_level"],
            "added": given["added_to_limit"],
        }
        lines.append(Message("standards.explain.diesel.altitude", params))
    return lines


def _nox(card: VerdictCard) -> list[Message]:
    return [_mean(card)]


def _power(card: VerdictCard) -> list[Message]:
    given, lines = card.inputs, []
    if "atmospheric_factor" in given:
        params: dict[str, Param] = {
            "reference_kPa": given["reference_pressure_kPa"],
            "pressure": given["pressure_kPa"],
            "of_pressure": given["pressure_exponent"],
            "kelvin": given["temperature_K"],
            "reference_K": given["reference_temperature_K"],
            "of_temperature": given["temperature_exponent"],
            "air": short(given["atmospheric_factor"]),
            "fm": given["fm"],
            "factor": short(given["correction_factor"]),
        }
        lines.append(Message("standards.explain.diesel.factor", params))
    if "measured_power_kW" in given:
        params = {"measured": given["measured_power_kW"], "factor": short(given["correction_factor"])}
        lines.append(Message("standards.explain.diesel.power", params | {"exact": _exact(card)}))
    else:
        lines.append(Message("standards.explain.diesel.given", {"exact": _exact(card), "unit": behind(card.unit)}))
    if "share_percent" in given and card.limit is not None:
        params = {"share": given["share_percent"], "rated": given["rated_power_kW"], "limit": plain(card.limit)}
        lines.append(Message("standards.explain.diesel.power_limit", params))
    return lines


def _ringelmann(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.diesel.grade", {"grade": card.inputs["grade"]})]


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    Quantity.FREE_ACCELERATION_K: _free_acceleration,
    Quantity.LUGDOWN_POWER: _power,
    Quantity.LUGDOWN_K100: _smoke,
    Quantity.LUGDOWN_K80: _smoke,
    Quantity.LUGDOWN_NOX: _nox,
    Quantity.RINGELMANN: _ringelmann,
}
"""What explains a card whose measurement counts, by quantity."""
