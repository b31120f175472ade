"""The kinds of measurement of this room, for the records of `judge`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.standards.vehicle_checks.beam import BEAM
from carcheck_desktop.standards.vehicle_checks.dimension import DIMENSION, WHEELBASE
from carcheck_desktop.standards.vehicle_checks.lamps import HEADLAMP, HEADLAMPS
from carcheck_desktop.standards.vehicle_checks.mass import MASS
from carcheck_desktop.standards.vehicle_checks.sideslip import SIDESLIP, WHEEL_OFFSET
from carcheck_desktop.standards.vehicle_checks.speedometer import SPEEDOMETER
from carcheck_desktop.standards.vehicle_checks.tread import TREAD_DEPTH

if TYPE_CHECKING:
    from carcheck_desktop.standards.records.kind import Kind

KINDS: tuple[Kind[Any], ...] = (
    SIDESLIP, WHEEL_OFFSET, HEADLAMPS, HEADLAMP, BEAM, SPEEDOMETER, MASS, DIMENSION, WHEELBASE, TREAD_DEPTH,
)  # fmt: skip
