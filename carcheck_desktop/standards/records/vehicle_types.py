"""Vehicle type codes as a record has them: whole ones only, where the counter reads along while a code is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle_types import MINIBUSES, category_of
from carcheck_desktop.domain.vehicle_types import TYPES as BY_START

if TYPE_CHECKING:
    from carcheck_desktop.domain.vehicle import VehicleCategory

__all__ = ["BY_START", "MINIBUSES", "category_of_type"]


def category_of_type(code: str) -> VehicleCategory | None:
    """Return the category of a type code of three signs; None for one that the rules do not know."""
    return category_of(code) if len(code) == len("K33") else None
