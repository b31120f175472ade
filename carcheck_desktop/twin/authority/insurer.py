"""The simulated register of compulsory insurance: answers with fields, codes and habits of the enquiry 18C23.

Insurers are called 示例, policy numbers begin with SAMPLE. Every registered car is insured as its register says unless a
switch says otherwise; a person at the console buys a policy for a car, for now or for a later day.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.station import CHINA, inspection_date
from carcheck_desktop.twin.authority.frame import CentreFaults, create_centre
from carcheck_desktop.twin.authority.vehicles import plain_plate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.twin.authority.registry import RegisteredCar

CHANNEL = "insurance"
PATH = "/insurance"
INSURER = "示例财产保险股份有限公司"
LATER_DAYS = 3
YEAR = timedelta(days=364)
"""A policy's last day counts, so this is a year."""


@dataclass
class InsurerFaults(CentreFaults):
    """What the register says beside what every centre may.

    `no_policy`: it knows none, of anybody; `starts_later`: every policy begins in some days; `expired`: every one ended
    yesterday; `other_car`: it answers about another car; `surrendered`: the owner gave it back; `tax_refused`: vehicle tax
    was not paid. `buy_now` is no fault but a deed: switched on, every uninsured car is insured from today, once.
    """

    no_policy: bool = False
    starts_later: bool = False
    expired: bool = False
    other_car: bool = False
    surrendered: bool = False
    tax_refused: bool = False
    buy_now: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedPolicy:
    """One policy in the register; `tax` and `state` are its own codes."""

    number: str
    valid_from: date
    valid_until: date
    state: str = "1"
    tax: str = "1"


class InsuranceRegister:
    """The policies by plate; `answer` is the whole conversation, `buy` what an owner does with his telephone."""

    def __init__(
        self, cars: Iterable[RegisteredCar], faults: InsurerFaults, clock: Clock, uninsured: Iterable[str] = ()
    ) -> None:
        self._cars = {plain_plate(car.vehicle.plate): car for car in cars}
        self._faults = faults
        self._clock = clock
        self._lock = threading.Lock()
        self._bought = 0
        without = {plain_plate(plate) for plate in uninsured}
        self._policies: dict[str, list[SimulatedPolicy]] = {
            plate: [] if plate in without else [self._first(car)] for plate, car in self._cars.items()
        }
        self.asked = 0
        """How many questions about a vehicle came; for whoever counts."""

    def app(self) -> FastAPI:
        """Return the register as a centre."""
        return create_centre(CHANNEL, PATH, self.answer, self._faults)

    def buy(self, plate: str, days_ahead: int = 0) -> SimulatedPolicy:
        """Insure a car for a year from today or a later day; raises `KeyError` for a plate that is not registered."""
        with self._lock:
            begins = self._today() + timedelta(days=days_ahead)
            self._bought += 1
            policy = SimulatedPolicy(f"SAMPLEB{begins:%Y%m%d}{self._bought:04d}", begins, begins + YEAR)
            self._policies[plain_plate(plate)].append(policy)
            return policy

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer 18C23 about one vehicle, 18C50 with the time; everything else is an unknown interface (11)."""
        asked = {name: str(value) for name, value in question.items()}
        if asked.get("jkid") == "18C50":
            return _answered([{"sj": self._clock.now().astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]}])
        if asked.get("jkid") != "18C23":
            return {"head": {"code": "11", "message": "接口不存在（模拟）"}}
        if not all(asked.get(name) for name in ("hphm", "hpzl", "jyjgbh")):
            return {"head": {"code": "-1001", "message": "信息不完整（模拟）"}}
        self.asked += 1
        self._buy_for_all()
        plate = plain_plate(asked["hphm"])
        car = self._cars.get(plate)
        if car is None or (asked.get("clsbdh") and asked["clsbdh"].upper() != car.vehicle.vin.upper()):
            return _answered([])
        told = car if not self._faults.other_car else self._another(car)
        with self._lock:
            found = [self._spoilt(policy) for policy in self._policies[plate]]
        return _answered([] if self._faults.no_policy else [_fields_of(told, policy) for policy in found])

    def _spoilt(self, policy: SimulatedPolicy) -> SimulatedPolicy:
        today = self._today()
        if self._faults.starts_later:
            begins = today + timedelta(days=LATER_DAYS)
            policy = replace(policy, valid_from=begins, valid_until=begins + YEAR)
        if self._faults.expired:
            policy = replace(policy, valid_from=today - YEAR - timedelta(days=1), valid_until=today - timedelta(days=1))
        if self._faults.surrendered:
            policy = replace(policy, state="2")
        return replace(policy, tax="4") if self._faults.tax_refused else policy

    def _buy_for_all(self) -> None:
        if not self._faults.buy_now:
            return
        today = self._today()
        for plate, policies in self._policies.items():
            if not any(each.valid_from <= today <= each.valid_until for each in policies):
                self.buy(plate)

    def _first(self, car: RegisteredCar) -> SimulatedPolicy:
        until = car.insured_until
        return SimulatedPolicy(f"SAMPLEA{until:%Y%m%d}{car.vehicle.plate[-4:]}", until - YEAR, until)

    def _another(self, car: RegisteredCar) -> RegisteredCar:
        return next((each for each in self._cars.values() if each is not car), car)

    def _today(self) -> date:
        return inspection_date(self._clock.now())


def _fields_of(car: RegisteredCar, policy: SimulatedPolicy) -> dict[str, Any]:
    return {
        "bxdh": policy.number,
        "bxgs": INSURER,
        "bxgsdm": "SAMPLE01",
        "hphm": car.vehicle.plate,
        "hpzl": car.vehicle.plate_kind.value,
        "clsbdh": car.vehicle.vin,
        "sxrq": policy.valid_from.isoformat(),
        "zzrq": policy.valid_until.isoformat(),
        "jqxtbzt": policy.state,
        "ccsnsqk": policy.tax,
    }


def _answered(body: list[dict[str, Any]]) -> dict[str, Any]:
    return {"head": {"code": "1", "message": "成功（模拟）", "rownum": len(body)}, "body": body}
