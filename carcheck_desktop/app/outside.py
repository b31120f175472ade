"""Whoever outside is asked, put together from the station file: the service's side, and in training the far side too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from carcheck_desktop.app.parts import ROOT
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from carcheck_desktop.base.clock import Clock, ScaledClock
    from carcheck_desktop.base.station import Station, StationUplink
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.gateways.insurer import InsurerRegister
    from carcheck_desktop.gateways.payment.provider import HttpProvider
    from carcheck_desktop.gateways.vehicle_authority import VehicleAuthority
    from carcheck_desktop.twin.authority.registry import RegisteredCar
    from carcheck_desktop.twin.authority.server import SimulatedCentre

PROFILES = ROOT / "resources" / "profiles"
VEHICLE_LOOKUP = "vehicle_lookup"
PAYMENT = "payment"
INSURANCE = "insurance"


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


def insurer_of(station: Station, clock: Clock) -> InsurerRegister | None:
    """Return who is asked about compulsory insurance, or None when the station file names nobody.

    Raises `ProfileError` for a profile that is not there or not usable.
    """
    uplink = station.uplink(INSURANCE)
    if uplink is None:
        return None
    from carcheck_desktop.gateways.insurer import InsurerRegister
    from carcheck_desktop.gateways.profiles import read_profile
    from carcheck_desktop.gateways.vehicle_authority import Asker

    profile = read_profile(PROFILES, uplink.profile, INSURANCE)
    return InsurerRegister(profile, uplink.url, Asker(station.code, is_training=station.training), clock)


def payment_provider_of(station: Station, clock: Clock) -> HttpProvider | None:
    """Return who takes money by scanned code, or None when the station file names nobody.

    Raises `ProfileError` for a profile that is not there or not usable.
    """
    uplink = station.uplink(PAYMENT)
    if uplink is None:
        return None
    from carcheck_desktop.gateways.payment.profile import read_payment_profile
    from carcheck_desktop.gateways.payment.provider import HttpProvider

    profile = read_payment_profile(PROFILES, uplink.profile)
    return HttpProvider(profile, uplink.url, station.code, clock, is_training=station.training)


def simulated_centres(
    station: Station,
    seed: int,
    coming: Iterable[Vehicle],
    clock: ScaledClock,
    uninsured: Iterable[str] = (),
    money: Path | None = None,
) -> list[SimulatedCentre]:
    """Return the far side of every uplink of a training station, not yet listening.

    `coming` are the day's vehicles, `uninsured` the plates of those without a policy; `money` is the file of the payment
    provider's own ledger, None for one that is kept in memory.
    """
    from carcheck_desktop.twin.authority.registry import registered_cars

    cars = registered_cars(seed, coming, station.province, inspection_date(clock.epoch))
    found = (
        _vehicle_register(station, cars, clock),
        _insurance_register(station, cars, clock, uninsured),
        _payment_provider(station, money),
    )
    return [centre for centre in found if centre is not None]


def _vehicle_register(station: Station, cars: tuple[RegisteredCar, ...], clock: ScaledClock) -> SimulatedCentre | None:
    uplink = station.uplink(VEHICLE_LOOKUP)
    if uplink is None:
        return None
    from carcheck_desktop.twin.authority.server import SimulatedCentre
    from carcheck_desktop.twin.authority.vehicles import RegisterFaults, VehicleRegister

    faults = RegisterFaults()
    app = VehicleRegister(cars, faults, clock).app()
    return SimulatedCentre(VEHICLE_LOOKUP, app, faults, host=_host_of(uplink), port=uplink.port)


def _insurance_register(
    station: Station, cars: tuple[RegisteredCar, ...], clock: ScaledClock, uninsured: Iterable[str]
) -> SimulatedCentre | None:
    uplink = station.uplink(INSURANCE)
    if uplink is None:
        return None
    from carcheck_desktop.twin.authority.insurer import InsuranceRegister, InsurerFaults
    from carcheck_desktop.twin.authority.server import SimulatedCentre

    faults = InsurerFaults()
    register = InsuranceRegister(cars, faults, clock, uninsured)
    return SimulatedCentre(
        INSURANCE, register.app(), faults, host=_host_of(uplink), port=uplink.port, deeds={"buy": register.buy}
    )


def _payment_provider(station: Station, money: Path | None) -> SimulatedCentre | None:
    uplink = station.uplink(PAYMENT)
    if uplink is None:
        return None
    from carcheck_desktop.twin.authority.payment import Ledger, PaymentFaults, SimulatedProvider
    from carcheck_desktop.twin.authority.server import SimulatedCentre

    faults = PaymentFaults()
    app = SimulatedProvider(lambda: faults, Ledger(money)).app()
    return SimulatedCentre(PAYMENT, app, faults, host=_host_of(uplink), port=uplink.port)


def _host_of(uplink: StationUplink) -> str:
    return urlsplit(uplink.url).hostname or "127.0.0.1"
