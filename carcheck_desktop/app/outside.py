"""Whoever outside is asked, put together from the station file: the service's side, and in training the far side too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from carcheck_desktop.app.parts import ROOT
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.base.clock import Clock, ScaledClock
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.gateways.vehicle_authority import VehicleAuthority
    from carcheck_desktop.twin.authority.server import SimulatedCentre

PROFILES = ROOT / "resources" / "profiles"
VEHICLE_LOOKUP = "vehicle_lookup"


def vehicle_lookup_of(station: Station, clock: Clock) -> VehicleAuthority | None:
    """Return who is asked about vehicles, or None when the station file names nobody.

    Raises `ProfileError` for a profile that is not there or not usable.
    """
    uplink = station.uplink(VEHICLE_LOOKUP)
    if uplink is None:
        return None
    from carcheck_desktop.gateways.profiles import read_profile
    from carcheck_desktop.gateways.vehicle_authority import Asker, VehicleAuthority

    profile = read_profile(PROFILES, uplink.profile, VEHICLE_LOOKUP)
    return VehicleAuthority(profile, uplink.url, Asker(station.code, is_training=station.training), clock)


def simulated_centres(
    station: Station, seed: int, coming: Iterable[Vehicle], clock: ScaledClock
) -> list[SimulatedCentre]:
    """Return the far side of every uplink of a training station, not yet listening; `coming` are the day's vehicles."""
    uplink = station.uplink(VEHICLE_LOOKUP)
    if uplink is None:
        return []
    from carcheck_desktop.twin.authority.registry import registered_cars
    from carcheck_desktop.twin.authority.server import SimulatedCentre
    from carcheck_desktop.twin.authority.vehicles import RegisterFaults, VehicleRegister

    faults = RegisterFaults()
    cars = registered_cars(seed, coming, station.province, inspection_date(clock.epoch))
    app = VehicleRegister(cars, faults, clock).app()
    host = urlsplit(uplink.url).hostname or "127.0.0.1"
    return [SimulatedCentre(VEHICLE_LOOKUP, app, faults, host=host, port=uplink.port)]
