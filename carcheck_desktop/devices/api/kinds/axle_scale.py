"""The axle scale, written from carcheck's own Modbus convention and Jiangxing's "41 LEN CMD" frames.

Masses are exact kilograms.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from carcheck_desktop.domain.measurements import InstrumentUsed, Origin


@dataclass(frozen=True, slots=True)
class WheelLoads:
    """Both pads of an axle scale in one answer; `stable` as the indicator or our rule says."""

    left_kg: Decimal
    right_kg: Decimal
    stable: bool


class AxleScaleDriver(Protocol):
    """An axle scale's driver: blocking, called by its line's thread."""

    def loads(self) -> WheelLoads:
        """Return what stands on the pads; raises `DeviceError` on overload or sensor fault."""
        ...

    def zero(self) -> None:
        """Set the empty scale to zero."""
        ...


class AxleScale(Protocol):
    """What a step awaits of an axle scale."""

    name: str
    instrument: InstrumentUsed
    origin: Origin

    @property
    def wire_bytes(self) -> int:
        """Bytes sent and received on the scale's line so far."""
        ...

    async def loads(self) -> WheelLoads:
        """Return what stands on the pads."""
        ...

    async def zero(self) -> None:
        """Set the empty scale to zero."""
        ...
