"""What the rules ask of a vehicle, each thing only if it is known: a whole vehicle of a visit, or the few facts of a record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import VehicleCategory

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from carcheck_desktop.domain.vehicle import Drive, LampSystem, Suspension, Use, Vehicle

T = TypeVar("T")
TRAILERS = frozenset((VehicleCategory.HEAVY_TRAILER, VehicleCategory.MEDIUM_TRAILER, VehicleCategory.LIGHT_TRAILER))


@dataclass(frozen=True, slots=True)
class Traits:
    """Facts of one vehicle; None says that nobody gave it. Masses are kg, years whole.

    `fuel` holds the letters of GA/T 16.9 as the licence has them. `front_axles` counts the axles ahead of the longitudinal
    middle (two on twin-steer trucks). `air_suspension_axles`, `tandem_axles` name axles from 1. `is_minibus` is 面包车.
    """

    category: VehicleCategory | None = None
    vehicle_type: str | None = None
    use: Use | None = None
    use_code: str | None = None
    fuel: str | None = None
    drive: Drive | None = None
    curb_mass_kg: int | None = None
    total_mass_kg: int | None = None
    reference_mass_kg: int | None = None
    seats: int | None = None
    axles: int | None = None
    front_axles: int | None = None
    parking_axles: tuple[int, ...] | None = None
    tandem_axles: tuple[int, ...] | None = None
    air_suspension_axles: tuple[int, ...] | None = None
    front_suspension: Suspension | None = None
    lamp_system: LampSystem | None = None
    max_speed_kmh: int | None = None
    registered_on: date | None = None
    manufactured_on: date | None = None
    valid_until: date | None = None
    is_minibus: bool | None = None
    is_hybrid: bool | None = None
    is_turbocharged: bool | None = None
    has_traction_control_always_on: bool | None = None
    displacement_ml: int | None = None
    rated_power_kW: Decimal | None = None
    rated_rpm: int | None = None

    def require(self, name: str, value: T | None) -> T:
        """Return a value that a rule cannot do without; raise `DataError` naming the field when nobody gave it."""
        if value is None:
            raise DataError("standards.record.missing", field=f"vehicle.{name}")
        return value

    @property
    def is_trailer(self) -> bool:
        """Say whether it has no engine of its own."""
        return self.category in TRAILERS

    @property
    def front_axle_count(self) -> int:
        """Axles that count as front axles: as given, else none of a trailer and one of everything else."""
        if self.front_axles is not None:
            return self.front_axles
        return 0 if self.is_trailer else 1


NAMES = frozenset(each.name for each in fields(Traits))


def traits_of(vehicle: Vehicle) -> Traits:
    """Return what the rules may know of a vehicle that intake captured."""
    shared = {name: getattr(vehicle, name) for name in NAMES if hasattr(vehicle, name)}
    for name in ("vehicle_type", "use_code", "fuel"):
        shared[name] = shared[name] or None
    return Traits(**shared, rated_power_kW=vehicle.power_kW)
