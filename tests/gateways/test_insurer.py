"""The insurers' register as a profile says it: only this car's policies, only confirmed ones, only from where they may come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.domain.insurance import Policy, VehicleTax
from carcheck_desktop.domain.ports import InsurerAnswer
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.gateways.errors import GatewayError, ProfileError
from carcheck_desktop.gateways.exchange import Limits
from carcheck_desktop.gateways.insurer import InsurerRegister
from carcheck_desktop.gateways.profiles import read_profile
from carcheck_desktop.gateways.vehicle_authority import Asker
from carcheck_desktop.link.server.serving import LinkServer
from tests.domain.samples import FULL_VEHICLE

PROFILE = read_profile(PROFILES, "neutral", "insurance")
CAR = FULL_VEHICLE
NOW = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
Answers = Callable[[dict[str, Any]], dict[str, Any]]


def policy(**changes: str) -> dict[str, Any]:
    """Return a confirmed policy of the car as the register writes it."""
    return {
        "bxdh": "PDZA20260001", "bxgs": "示例财险", "hphm": CAR.plate, "clsbdh": CAR.vin, "sxrq": "2026-07-01",
        "zzrq": "2027-06-30", "jqxtbzt": "1", "ccsnsqk": "1", **changes,
    }  # fmt: skip


def told(*records: dict[str, Any], simulated: bool = True) -> dict[str, Any]:
    return {"head": {"code": "1", "rownum": len(records)}, "body": list(records), "simulated": simulated}


def asked(
    answer: dict[str, Any], car: Vehicle = CAR, *, is_training: bool = True
) -> tuple[InsurerAnswer, dict[str, Any]]:
    """Ask a server that answers this; return what came of it and what it was asked."""
    questions: list[dict[str, Any]] = []
    app = FastAPI()

    @app.post("/insurance")
    async def answers(request: Request) -> Response:
        questions.append(json.loads(await request.body()))
        return Response(json.dumps(answer, ensure_ascii=False), media_type="application/json")

    server = LinkServer(app, "127.0.0.1", 0, name="insurer")
    server.start()

    async def ask() -> InsurerAnswer:
        asker = Asker("5001009", is_training=is_training)
        register = InsurerRegister(PROFILE, server.url, asker, VirtualClock(NOW), Limits(0.5, 2.0))
        try:
            return await register.policies(car)
        finally:
            await register.close()

    try:
        return asyncio.run(ask()), questions[0]
    finally:
        server.stop()


def test_a_vehicle_is_asked_for_by_plate_and_whole_vin() -> None:
    _, question = asked(told())
    assert question == {
        "jkid": "18C23", "jyjgbh": "5001009", "hpzl": "02", "hphm": CAR.plate, "clsbdh": CAR.vin
    }  # fmt: skip


def test_a_car_whose_vin_nobody_recorded_is_asked_for_by_its_plate_alone() -> None:
    answer, question = asked(told(policy()), replace(CAR, vin=""))
    assert "clsbdh" not in question
    assert len(answer.policies) == 1


def test_every_confirmed_policy_comes_with_its_days_and_the_tax() -> None:
    answer, _ = asked(told(policy(), policy(bxdh="PDZA20270001", sxrq="2027-07-01", zzrq="2028-06-30", ccsnsqk="4")))
    assert answer.simulated
    assert answer.policies == (
        Policy("PDZA20260001", "示例财险", date(2026, 7, 1), date(2027, 6, 30), VehicleTax.PAID),
        Policy("PDZA20270001", "示例财险", date(2027, 7, 1), date(2028, 6, 30), VehicleTax.REFUSED),
    )


@pytest.mark.parametrize("state", ["2", "3", "4", "9"])
def test_a_surrendered_policy_and_a_state_of_tomorrow_are_no_policy(state: str) -> None:
    answer, _ = asked(told(policy(jqxtbzt=state)))
    assert answer.policies == ()


def test_an_unknown_tax_code_is_not_guessed_at() -> None:
    answer, _ = asked(told(policy(ccsnsqk="7")))
    assert answer.policies[0].tax is VehicleTax.UNKNOWN


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([policy(hphm="渝A99999")], "gateways.insurance.another"),
        ([policy(clsbdh="LSAMPLEZ1FX507087")], "gateways.insurance.another"),
        ([policy(bxdh="")], "gateways.insurance.incomplete"),
        ([policy(zzrq="soon")], "gateways.insurance.incomplete"),
        ([policy(sxrq="2027-07-01", zzrq="2026-07-01")], "gateways.insurance.incomplete"),
    ],
)
def test_what_is_not_a_whole_policy_of_this_car_is_an_error_and_names_no_person(
    records: list[dict[str, Any]], code: str
) -> None:
    with pytest.raises(GatewayError) as caught:
        asked(told(*records))
    assert caught.value.code == code
    assert CAR.plate not in str(caught.value)
    assert CAR.vin not in str(caught.value)


def test_a_real_station_takes_no_simulated_policy_and_a_training_station_no_real_one() -> None:
    with pytest.raises(GatewayError) as real:
        asked(told(policy()), is_training=False)
    with pytest.raises(GatewayError) as training:
        asked(told(policy(), simulated=False))
    assert (real.value.code, training.value.code) == (
        "gateways.insurance.simulated",
        "gateways.insurance.not_simulated",
    )


def test_a_profile_that_lacks_what_a_policy_must_have_is_refused_when_it_is_loaded() -> None:
    lame = replace(PROFILE, fields=tuple(each for each in PROFILE.fields if each.ours != "valid_until"))
    with pytest.raises(ProfileError) as caught:
        InsurerRegister(lame, "http://127.0.0.1:1", Asker("1", is_training=True), VirtualClock(NOW))
    assert "valid_until must" in str(caught.value.problem.params["detail"])
