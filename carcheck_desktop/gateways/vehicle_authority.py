"""The traffic authority's register over HTTP, in the words of a profile; fulfils `domain.ports.VehicleLookup`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_json
from carcheck_desktop.domain.intake import AuthorityVehicle
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.gateways.centre import Centre, Line
from carcheck_desktop.gateways.errors import GatewayError, ProfileError
from carcheck_desktop.gateways.exchange import Where
from carcheck_desktop.gateways.reading import is_same_plate, normal_plate, read_answer, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.gateways.circuit import Health
    from carcheck_desktop.gateways.exchange import Limits
    from carcheck_desktop.gateways.profiles import Profile, Sent

CHANNEL = "vehicle_lookup"
ASKED = ("plate", "plate_kind", "vin_tail", "station_code")
"""What a question may name as ours."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Which station asks, and whether it trains: only a simulation may answer a training station, and none a real one."""

    station_code: str
    is_training: bool


class VehicleAuthority:
    """Asks about one vehicle at a time; nothing of an answer is kept here."""

    def __init__(
        self, profile: Profile, url: str, asker: Asker, clock: Clock, limits: Limits | None = None, **tempo: float
    ) -> None:
        _check_names(profile)
        self._profile = profile
        self._asker = asker
        probe = to_json(_filled(profile.probe, {})).encode()
        line = Line(Where(profile.channel, url.rstrip("/") + profile.path), profile.name, probe)
        self._centre = Centre(line, clock, limits, **tempo)

    @property
    def source(self) -> str:
        """Who is asked: the profile's name; in training a code that the catalogues have words for."""
        return "gateways.simulated.register" if self._asker.is_training else self._profile.name

    @property
    def health(self) -> Health:
        """How the register's address does; asks nobody."""
        return self._centre.health

    async def look_up(self, plate: str, plate_kind: PlateKind, vin_tail: str) -> AuthorityVehicle | None:
        """Return what the register has of this vehicle; None when it does not know it.

        Raises `GatewayError` when nobody answers, somebody refuses, or what comes is no answer to this question.
        """
        asked = normal_plate(plate, self._profile.plate.drop_suffix)
        tail = vin_tail.strip().upper()
        values = {
            "plate": asked, "plate_kind": plate_kind.value, "vin_tail": tail, "station_code": self._asker.station_code
        }  # fmt: skip
        question = to_json(_filled(self._profile.request, values)).encode()
        content = await self._centre.ask(question, may_repeat=True)
        told = read_answer(self._profile, content, secrets=(plate, asked, asked[1:], tail))
        self._check_origin(simulated=told.simulated)
        found = [self._vehicle(record, plate, plate_kind, told.simulated) for record in told.records]
        if not found:
            return None
        return _the_one(found, plate_kind, tail)

    async def close(self) -> None:
        """Stop asking in the background."""
        await self._centre.close()

    def _check_origin(self, *, simulated: bool) -> None:
        if simulated and not self._asker.is_training:
            raise GatewayError("gateways.vehicle.simulated", host=self.health.host)
        if not simulated and self._asker.is_training:
            raise GatewayError("gateways.vehicle.not_simulated", host=self.health.host)

    def _vehicle(
        self,
        record: dict[str, Any],
        plate: str,
        plate_kind: PlateKind,
        simulated: bool,
    ) -> AuthorityVehicle:
        read = read_record(self._profile, record)
        if read.missing:
            raise GatewayError("gateways.vehicle.incomplete", fields=", ".join(read.missing))
        values = dict(read.values)
        is_same = is_same_plate(plate, values.pop("plate"), self._profile.plate.drop_suffix)
        if not is_same or values.pop("plate_kind") != plate_kind.value:
            raise GatewayError("gateways.vehicle.another", fields="hphm, hpzl")
        return AuthorityVehicle(plate, plate_kind, **values, doubts=read.doubts, simulated=simulated)


def _the_one(found: list[AuthorityVehicle], plate_kind: PlateKind, tail: str) -> AuthorityVehicle:
    """Return the only one that fits the end of the VIN; raise `GatewayError` for none or several."""
    fitting = [each for each in found if each.vin.upper().endswith(tail)]
    if not fitting:
        raise GatewayError("gateways.vehicle.another", fields="clsbdh")
    if len(fitting) > 1:
        raise GatewayError("gateways.vehicle.several", count=len(fitting), plate_kind=f"PlateKind.{plate_kind.value}")
    return fitting[0]


def _filled(sent: Iterable[Sent], values: Mapping[str, str]) -> dict[str, str]:
    """Return a question in their names; what is empty is not sent."""
    filled = {each.theirs: each.text or values[each.ours] for each in sent}
    return {name: value for name, value in filled.items() if value}


def _check_names(profile: Profile) -> None:
    """Raise `ProfileError` when a profile names what no vehicle has or no question gives."""
    has = {each.name for each in fields(AuthorityVehicle)} - {"doubts", "simulated"}
    strange = [each.ours for each in profile.fields if each.ours not in has]
    strange += [each.ours for each in profile.request if each.ours and each.ours not in ASKED]
    strange += [each.ours for each in profile.probe if each.ours]
    lacking = {"plate", "plate_kind", "vin"} - {each.ours for each in profile.fields if each.must}
    if strange or lacking:
        detail = ", ".join([*(f"{name} ?" for name in strange), *(f"{name} must" for name in sorted(lacking))])
        raise ProfileError("gateways.profile.unusable", path=f"{profile.name}/{profile.channel}", detail=detail)
