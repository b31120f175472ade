"""The insurers' register over HTTP, in the words of a profile; fulfils `domain.ports.Insurer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_json
from carcheck_desktop.domain.insurance import Policy, VehicleTax
from carcheck_desktop.domain.ports import InsurerAnswer
from carcheck_desktop.gateways.centre import Centre, Line
from carcheck_desktop.gateways.errors import GatewayError, ProfileError
from carcheck_desktop.gateways.exchange import Where
from carcheck_desktop.gateways.reading import is_same_plate, normal_plate, read_answer, read_record
from carcheck_desktop.gateways.vehicle_authority import Asker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.gateways.circuit import Health
    from carcheck_desktop.gateways.exchange import Limits
    from carcheck_desktop.gateways.profiles import Profile, Sent

CHANNEL = "insurance"
ASKED = ("plate", "plate_kind", "vin", "station_code")
TOLD = ("number", "insurer", "plate", "vin", "valid_from", "valid_until", "state", "tax")
MUST = frozenset(TOLD) - {"tax"}
CONFIRMED = "1"
"""The only state of a policy that counts; every other is a surrender, or a code of tomorrow."""
TAX = {"1": VehicleTax.PAID, "2": VehicleTax.EXEMPT, "3": VehicleTax.REDUCED, "4": VehicleTax.REFUSED}


class InsurerRegister:
    """Asks for the policies of one vehicle at a time; nothing of an answer is kept here."""

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
        return "gateways.simulated.insurer" if self._asker.is_training else self._profile.name

    @property
    def health(self) -> Health:
        """How the register's address does; asks nobody."""
        return self._centre.health

    async def policies(self, vehicle: Vehicle) -> InsurerAnswer:
        """Return the vehicle's confirmed policies, surrendered ones left out; none when the register knows none.

        Raises `GatewayError` when nobody answers, somebody refuses, or what comes is about another car.
        """
        asked = normal_plate(vehicle.plate, self._profile.plate.drop_suffix)
        values = {
            "plate": asked, "plate_kind": vehicle.plate_kind.value, "vin": vehicle.vin, "station_code": self._asker.station_code
        }  # fmt: skip
        question = to_json(_filled(self._profile.request, values)).encode()
        content = await self._centre.ask(question, may_repeat=True)
        told = read_answer(self._profile, content, secrets=(vehicle.plate, asked, asked[1:], vehicle.vin))
        self._check_origin(simulated=told.simulated)
        found = [self._policy(record, vehicle) for record in told.records]
        return InsurerAnswer(tuple(each for each in found if each is not None), told.simulated)

    async def close(self) -> None:
        """Stop asking in the background."""
        await self._centre.close()

    def _check_origin(self, *, simulated: bool) -> None:
        if simulated and not self._asker.is_training:
            raise GatewayError("gateways.insurance.simulated", host=self.health.host)
        if not simulated and self._asker.is_training:
            raise GatewayError("gateways.insurance.not_simulated", host=self.health.host)

    def _policy(self, record: dict[str, Any], vehicle: Vehicle) -> Policy | None:
        """Return a policy of this very car; None for a surrendered one."""
        read = read_record(self._profile, record)
        if read.missing:
            raise GatewayError("gateways.insurance.incomplete", fields=", ".join(read.missing))
        values = read.values
        is_same = is_same_plate(vehicle.plate, values["plate"], self._profile.plate.drop_suffix)
        if not is_same or (vehicle.vin and values["vin"].upper() != vehicle.vin.upper()):
            raise GatewayError("gateways.insurance.another", fields="hphm, clsbdh")
        if values["valid_until"] < values["valid_from"]:
            raise GatewayError("gateways.insurance.incomplete", fields="sxrq, zzrq")
        if values["state"] != CONFIRMED:
            return None
        tax = TAX.get(values.get("tax", ""), VehicleTax.UNKNOWN)
        return Policy(values["number"], values["insurer"], values["valid_from"], values["valid_until"], tax)


def _filled(sent: Iterable[Sent], values: Mapping[str, str]) -> dict[str, str]:
    """Return a question in their names; what is empty is not sent."""
    filled = {each.theirs: each.text or values[each.ours] for each in sent}
    return {name: value for name, value in filled.items() if value}


def _check_names(profile: Profile) -> None:
    """Raise `ProfileError` when a profile names what no policy has or no question gives."""
    strange = [each.ours for each in profile.fields if each.ours not in TOLD]
    strange += [each.ours for each in profile.request if each.ours and each.ours not in ASKED]
    strange += [each.ours for each in profile.probe if each.ours]
    lacking = MUST - {each.ours for each in profile.fields if each.must}
    if strange or lacking:
        detail = ", ".join([*(f"{name} ?" for name in strange), *(f"{name} must" for name in sorted(lacking))])
        raise ProfileError("gateways.profile.unusable", path=f"{profile.name}/{profile.channel}", detail=detail)
