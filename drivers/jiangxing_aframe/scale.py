"""The axle scale JXZB10 from the host's side."""

from __future__ import annotations

from collections import deque
from decimal import Decimal

from carcheck_desktop.devices.api import DeviceContext, GarbledError, WheelLoads
from drivers.jiangxing_aframe import protocol as p
from drivers.jiangxing_aframe.wire import AFrameDevice


class AxleScaleJxzb10(AFrameDevice):
    """Axle scale JXZB10 (protocol page "41 LEN CMD family": M; zero, third group and stability L)."""

    points = p.SCALE_POINTS

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        self._third_is_sum = context.options.get("third_group", "sum") == "sum"
        self._recent: deque[tuple[int, int]] = deque(maxlen=int(context.options.get("stable_readings", 3)))

    def identify(self) -> str:
        """Weigh once: the family has no question for make or serial number."""
        self._recent.clear()
        return f"weigh answer {self.prove(p.SCALE_WEIGH).raw[3:18].decode('ascii', 'replace')}"

    def check_health(self) -> None:
        """Raise when the scale does not answer."""
        self.ask(p.SCALE_WEIGH)

    def loads(self) -> WheelLoads:
        """Return what stands on the pads, kg; stable when the last readings were all equal."""
        left, right, third = self.numbers(p.SCALE_WEIGH)
        if self._third_is_sum and third != left + right:
            raise GarbledError(self.context.name, self.context.port, p.numbers((left, right, third), 5))
        self._recent.append((left, right))
        is_stable = len(self._recent) == self._recent.maxlen and len(set(self._recent)) == 1
        return WheelLoads(Decimal(left), Decimal(right), is_stable)

    def zero(self) -> None:
        """Set the empty scale to zero."""
        self._recent.clear()
        super().zero()
