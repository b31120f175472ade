"""What the tests of this room share: the profile of the repository, a clock, one question to an address."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.gateways.exchange import Limits
from carcheck_desktop.gateways.profiles import read_profile
from carcheck_desktop.gateways.vehicle_authority import Asker, VehicleAuthority

if TYPE_CHECKING:
    from carcheck_desktop.domain.intake import AuthorityVehicle

PROFILE = read_profile(PROFILES, "neutral", "vehicle_lookup")
PLATE = "渝AC7733"
QUICK = Limits(connect_s=0.25, whole_s=0.5)
CLOCK = VirtualClock(datetime(2026, 11, 22, 2, 5, tzinfo=UTC))


def authority(url: str, limits: Limits = QUICK, *, is_training: bool = True, **tempo: float) -> VehicleAuthority:
    asker = Asker("5001009", is_training=is_training)
    return VehicleAuthority(PROFILE, url, asker, VirtualClock(CLOCK.now()), limits, **tempo)


def looked_up(
    url: str, plate: str = PLATE, kind: PlateKind = PlateKind.SMALL_CAR, tail: str = "", *, is_training: bool = True
) -> AuthorityVehicle | None:
    """Ask once and close."""

    async def ask() -> AuthorityVehicle | None:
        asked = authority(url, is_training=is_training)
        try:
            return await asked.look_up(plate, kind, tail)
        finally:
            await asked.close()

    return asyncio.run(ask())


def answer(*records: dict[str, Any], **changes: Any) -> bytes:
    """Return a good answer with these records."""
    whole = {"head": {"code": "1", "rownum": len(records)}, "body": list(records), "simulated": True}
    return json.dumps({**whole, **changes}, ensure_ascii=False).encode()


def record(**changes: Any) -> dict[str, Any]:
    """Return the least record that is a vehicle."""
    return {"hpzl": "02", "hphm": "AC7733", "clsbdh": "LSAMPLEZ1FX507087", **changes}
