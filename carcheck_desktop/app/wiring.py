"""The station file's devices as devices.machinery wants them; used by lanes and by the simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.base.station import StationLane
    from carcheck_desktop.devices.machinery.registry import DeviceConfig


def configs_of(lane: StationLane, *, prefix: str = "") -> list[DeviceConfig]:
    """Return a lane's devices; `prefix` keeps names of several lanes apart."""
    from carcheck_desktop.devices.machinery.registry import DeviceConfig

    return [
        DeviceConfig(
            name=f"{prefix}{each.name}",
            kind=each.kind,
            driver=each.driver,
            port=each.port,
            baud=each.baud,
            parity=each.parity,
            unit=each.unit,
            place=each.place,
            options=_prefixed(each.options, prefix),
        )
        for each in lane.devices
    ]


def all_configs(lanes: Iterable[StationLane]) -> list[DeviceConfig]:
    """Return the devices of all lanes, named `<lane>/<device>`."""
    return [config for lane in lanes for config in configs_of(lane, prefix=f"{lane.name}/")]


def _prefixed(options: dict[str, object], prefix: str) -> dict[str, object]:
    wired = options.get("stop_output")
    return {**options, "stop_output": f"{prefix}{wired}"} if prefix and wired else options
