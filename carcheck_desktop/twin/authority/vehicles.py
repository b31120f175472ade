"""The simulated vehicle register: answers with the fields, codes and habits that manuals print for the enquiry 18C49.

As there, a plate comes back without its province character, and `rownum` 0 means that nothing is known. The clock's
enquiry 18C50 is answered too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.twin.authority.frame import CentreFaults, create_centre

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.twin.authority.registry import RegisteredCar

CHANNEL = "vehicle_lookup"
PATH = "/vehicle-lookup"
MUST = ("clsbdh", "hpzl")
SPARSE = ("syr", "zbzl", "zzl", "hdzk", "pl", "gl", "ccrq", "csys")


@dataclass
class RegisterFaults(CentreFaults):
    """What the register does wrong beside what every centre may.

    `unknown_car`: it has no such car; `other_owner`: the car was sold; `other_car`: it answers about another one;
    `fields_missing`: what must be there is not; `sparse`: what may be missing is; `unknown_codes`: codes of tomorrow.
    """

    unknown_car: bool = False
    other_owner: bool = False
    other_car: bool = False
    fields_missing: bool = False
    sparse: bool = False
    unknown_codes: bool = False


class VehicleRegister:
    """The cars by plate; `answer` is the whole conversation."""

    def __init__(self, cars: Iterable[RegisteredCar], faults: RegisterFaults, clock: Clock) -> None:
        self._cars = {(plain_plate(car.vehicle.plate), car.vehicle.plate_kind.value): car for car in cars}
        self._faults = faults
        self._clock = clock

    def app(self) -> FastAPI:
        """Return the register as a centre."""
        return create_centre(CHANNEL, PATH, self.answer, self._faults)

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer 18C49 about one vehicle, 18C50 with the time; everything else is an unknown interface (11)."""
        asked = {name: str(value) for name, value in question.items()}
        if asked.get("jkid") == "18C50":
            now = self._clock.now().astimezone(CHINA)
            return _answered([{"sj": now.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]}])
        if asked.get("jkid") != "18C49":
            return {"head": {"code": "11", "message": "接口不存在（模拟）"}}
        if not all(asked.get(name) for name in ("hphm", "hpzl", "jyjgbh", "jylb")):
            return {"head": {"code": "-1001", "message": "信息不完整（模拟）"}}
        car = self._found(asked)
        return _answered([] if car is None else [self._spoilt(fields_of(car))])

    def _found(self, asked: dict[str, str]) -> RegisteredCar | None:
        if self._faults.unknown_car:
            return None
        car = self._cars.get((plain_plate(asked["hphm"]), asked["hpzl"]))
        if self._faults.other_car:
            return next((each for each in self._cars.values() if each is not car), None)
        tail = asked.get("clsbdh", "").upper()
        return car if car is not None and car.vehicle.vin.endswith(tail) else None

    def _spoilt(self, told: dict[str, Any]) -> dict[str, Any]:
        left_out = (MUST if self._faults.fields_missing else ()) + (SPARSE if self._faults.sparse else ())
        told = {name: value for name, value in told.items() if name not in left_out}
        if self._faults.other_owner:
            told["syr"] = "示例新车主"
        if self._faults.unknown_codes:
            told |= {"rlzl": "W", "zt": "A9"}
        return told


def fields_of(car: RegisteredCar) -> dict[str, Any]:
    """Return a car's record in the register's field names: kg, ml, kW, mm, days as yyyy-mm-dd."""
    vehicle = car.vehicle
    make, _, model = vehicle.brand_model.partition(" ")
    return {
        "xh": vehicle.vin[-6:],
        "hpzl": vehicle.plate_kind.value,
        "hphm": vehicle.plate[1:],
        "fzjg": vehicle.plate[:2],
        "clpp1": make,
        "clxh": model,
        "clsbdh": vehicle.vin,
        "fdjh": vehicle.engine_number,
        "cllx": vehicle.vehicle_type,
        "csys": vehicle.colour,
        "syxz": vehicle.use_code,
        "syr": car.owner,
        "ccdjrq": vehicle.registered_on.isoformat(),
        "ccrq": vehicle.manufactured_on.isoformat(),
        "yxqz": vehicle.valid_until.isoformat() if vehicle.valid_until else "",
        "bxzzrq": car.insured_until.isoformat(),
        "qzbfqz": "",
        "zt": car.state,
        "rlzl": vehicle.fuel,
        "pl": vehicle.displacement_ml,
        "gl": str(vehicle.power_kW),
        "zs": vehicle.axles,
        "zzl": vehicle.total_mass_kg,
        "zbzl": vehicle.curb_mass_kg,
        "hdzk": vehicle.seats,
    }


def _answered(body: list[dict[str, Any]]) -> dict[str, Any]:
    return {"head": {"code": "1", "message": "成功（模拟）", "rownum": len(body)}, "body": body}


def plain_plate(plate: str) -> str:
    """Return a plate as the register keeps it: half-width capitals without blanks, dots and 挂, 学, 警."""
    text = unicodedata.normalize("NFKC", plate).upper().replace(" ", "").replace("·", "")
    return text[:-1] if text[-1:] in ("挂", "学", "警") else text
