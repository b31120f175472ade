"""Plates and VINs: written one way, and what looks unusual about them; pure.

Advice only (severity warning): the grammar of plates is known from secondary sources, and real vehicles without a
right check digit exist (imports, old frame numbers). What is refused is refused by the desk.
"""

from __future__ import annotations

import re
import unicodedata

from carcheck_desktop.base.messages import Param, Problem, Severity
from carcheck_desktop.domain.vehicle import PlateKind

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
NEW_ENERGY = (PlateKind.NEW_ENERGY_LARGE, PlateKind.NEW_ENERGY_SMALL)
ORDINARY = (PlateKind.LARGE_CAR, PlateKind.SMALL_CAR, *NEW_ENERGY)
"""Kinds whose plates are a province, a letter and five or six characters; others have forms of their own."""
ENERGY_LETTERS = "DABCEFGHJK"
"""D A B C E pure battery, F G H J K other new energy (GA 36-2018, by secondary sources)."""
VIN_LENGTH = 17
VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
CHECK_PLACE = 8
DROPPED = re.compile(r"[\s·.\-•]")


def normalised_plate(typed: str, province: str = "") -> str:
    """Return a plate as it is compared: upper case, half width, no dots or blanks, the province put back if cut off."""
    plate = DROPPED.sub("", unicodedata.normalize("NFKC", typed)).upper()
    is_cut = bool(re.fullmatch(r"[A-Z][A-Z0-9]{5,6}", plate))
    return province + plate if is_cut and province else plate


def normalised_vin(typed: str) -> str:
    """Return a VIN as it is compared: upper case, half width, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()


def plate_advice(plate: str, kind: PlateKind) -> tuple[Problem, ...]:
    """Return what looks unusual about a plate of its kind; nothing for kinds with forms of their own."""
    if kind not in ORDINARY:
        return ()
    found: list[Problem] = []
    params: dict[str, Param] = {"plate": plate, "characters": len(plate)}
    if "I" in plate or "O" in plate:
        found.append(_advice("domain.identity.plate_letters", params))
    if (len(plate) == 8) != (kind in NEW_ENERGY):
        found.append(_advice("domain.identity.plate_length", params))
    elif kind in NEW_ENERGY and plate[2 if kind is PlateKind.NEW_ENERGY_SMALL else -1] not in ENERGY_LETTERS:
        found.append(_advice("domain.identity.plate_energy", params))
    return tuple(found)


def vin_advice(vin: str) -> tuple[Problem, ...]:
    """Return what looks unusual about a VIN; nothing for none."""
    if not vin:
        return ()
    if len(vin) != VIN_LENGTH:
        return (_advice("domain.identity.vin_length", {"vin": vin, "characters": len(vin)}),)
    expected = vin_check_digit(vin)
    if expected is None:
        return (_advice("domain.identity.vin_letters", {"vin": vin}),)
    if vin[CHECK_PLACE] != expected:
        return (_advice("domain.identity.vin_check", {"vin": vin, "found": vin[CHECK_PLACE], "expected": expected}),)
    return ()


def vin_check_digit(vin: str) -> str | None:
    """Return the check digit that these 17 characters should have in place 9 (GB 16735); None if it cannot be made."""
    if len(vin) != VIN_LENGTH or not all(sign in VIN_VALUES or sign in "0123456789" for sign in vin):
        return None
    values = [int(sign) if sign.isdigit() else VIN_VALUES[sign] for sign in vin]
    rest = sum(value * weight for value, weight in zip(values, VIN_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def _advice(code: str, params: dict[str, Param]) -> Problem:
    return Problem(code, dict(params), Severity.WARNING)
