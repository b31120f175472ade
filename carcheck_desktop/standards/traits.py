"""What the rules ask of a vehicle, each thing only if it is known: a whole vehicle of a visit, or the few facts of a record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import BrakeSource, Drive, LampSystem, Suspension, Use, Vehicle, VehicleCategory

T = TypeVar("T")
TRAILERS = frozenset((VehicleCategory.HEAVY_TRAILER, VehicleCategory.MEDIUM_TRAILER, VehicleCategory.LIGHT_TRAILER))


@dataclass(frozen=True, slots=True)
class Traits:
    """Facts of one vehicle; None says that nobody gave it. Masses are kg, years whole.

    `fuel` holds the letters of GA/T 16.9 as the licence has them. `front_axles` counts the axles ahead of the longitudinal
    middle (two on twin-steer trucks). `air_suspension_axles`, `tandem_axles` name axles from 1. `is_minibus` is 面包车.
    """

    category: VehicleCategory | None = None
    """Kind of vehicle; or say `vehicle_type`."""
    vehicle_type: str | None = None
    """The licence's code of three signs (GA/T 16.4), such as K33."""
    use: Use | None = None
    """What it is registered for (使用性质)."""
    use_code: str | None = None
    """The licence's letter of the use (GA/T 16.3)."""
    fuel: str | None = None
    """The licence's letters of the fuel (GA/T 16.9), such as A, or AO for a petrol hybrid."""
    drive: Drive | None = None
    """Driven wheels (驱动形式)."""
    curb_mass_kg: int | None = None
    """Curb mass (整备质量)."""
    total_mass_kg: int | None = None
    """Maximum design total mass (最大设计总质量)."""
    reference_mass_kg: int | None = None
    """Reference mass (基准质量): curb mass and 100 kg; by it a dynamometer is loaded."""
    seats: int | None = None
    """Seats as approved (核定载人数), the driver included."""
    axles: int | None = None
    """Number of axles."""
    front_axles: int | None = None
    """Axles ahead of the longitudinal middle; without it one, of a trailer none."""
    parking_axles: tuple[int, ...] | None = None
    """Axles that the parking brake acts on, from 1."""
    tandem_axles: tuple[int, ...] | None = None
    """Axles of a group (并装轴), from 1."""
    air_suspension_axles: tuple[int, ...] | None = None
    """Axles with air suspension, from 1."""
    front_suspension: Suspension | None = None
    """Suspension of the steered axle (转向轴悬架形式)."""
    lamp_system: LampSystem | None = None
    """Headlamps (前照灯制), codes of the platform: 01 four lamps high and low, 02 four lamps high, 03 two lamps high and low, 04 two lamps low, 05 one lamp."""
    brake_source: BrakeSource | None = None
    """What presses the brake (制动力源)."""
    width_mm: int | None = None
    """Overall width (车宽)."""
    max_speed_kmh: int | None = None
    """Highest design speed (最高设计车速)."""
    registered_on: date | None = None
    """Day of the first registration (初次登记日期)."""
    manufactured_on: date | None = None
    """Day it was made (出厂日期)."""
    valid_until: date | None = None
    """Until when the inspection is valid (检验有效期止)."""
    is_minibus: bool | None = None
    """Whether it is a minibus (面包车)."""
    had_casualty_accident: bool | None = None
    """Damaged in an accident with casualties since the last inspection (发生过造成人员伤亡的交通事故)."""
    is_hybrid: bool | None = None
    """Whether it is a hybrid (混合动力)."""
    is_turbocharged: bool | None = None
    """Whether the engine is turbocharged (增压)."""
    has_traction_control_always_on: bool | None = None
    """Traction control that cannot be switched off."""
    displacement_ml: int | None = None
    """Displacement (排量)."""
    rated_power_kW: Decimal | None = None
    """Rated power of the engine (发动机额定功率)."""
    rated_rpm: int | None = None
    """Rated speed of the engine (额定转速)."""

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


SHARED = tuple(each.name for each in fields(Vehicle) if each.name in {own.name for own in fields(Traits)})
"""Facts that intake captures under the same name."""


def traits_of(vehicle: Vehicle) -> Traits:
    """Return what the rules may know of a vehicle that intake captured."""
    shared = {name: getattr(vehicle, name) for name in SHARED}
    for name in ("vehicle_type", "use_code", "fuel"):
        shared[name] = shared[name] or None
    return Traits(**shared, rated_power_kW=vehicle.power_kW)
