"""Both instruments of the make from the host's side, chosen by kind."""

from __future__ import annotations

from drivers.jiangxing_aframe.bench import BrakeTesterJxgt2
from drivers.jiangxing_aframe.scale import AxleScaleJxzb10

__all__ = ["AxleScaleJxzb10", "BrakeTesterJxgt2"]
