"""Situations of the counter window, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.messages import Message, Problem, Severity
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import VisitOpened
from carcheck_desktop.domain.intake import (
    AuthorityVehicle,
    Difference,
    KnownVehicle,
    LookupAnswer,
    SparedItem,
    ValueOrigin,
    VisitPreview,
)
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.station import Handshake
from carcheck_desktop.domain.vehicle import (
    BrakeSource,
    Drive,
    InspectionKind,
    LampSystem,
    PlateKind,
    Suspension,
    Use,
    Vehicle,
    VehicleCategory,
)
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.ui.counter.window import CounterWindow
from carcheck_desktop.ui.widgets.forms import action_bar
from carcheck_desktop.ui.widgets.notices.sheets import sheet as sheets
from tests.ui.scripted import EDITION, PLAN, START, Script, session

if TYPE_CHECKING:
    import pytest

PLATE = "粤B39C71"
CLERK = "李小燕"
VIN = "LSVNV2188E2100010"
OPENED_ID = "visit-26-1123-0107"

PREVIEW = VisitPreview(
    PLAN,
    (SparedItem("L", Message("standards.plan.no_loaded_brake"), Confidence.RECALLED),),
    (
        ChargeLine("safety", "安全技术检验", "Safety inspection", 18000, 3),
        ChargeLine("emission", "排放检验", "Emission inspection", 12000, 3),
    ),
)
AWAY = Problem("desk.lookup.too_slow", {"source": "监管平台", "waited_s": "2.5"}, Severity.WARNING)


def mpv(plate: str = PLATE) -> Vehicle:
    """The car as its last visit left it."""
    return Vehicle(
        plate, PlateKind.SMALL_CAR, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE, 1780, 2360, 7, 2, (2,),
        date(2015, 11, 20), date(2015, 9, 3), vin=VIN, engine_number="EA888-4021337", brand_model="大众牌SVW6474CHD",
        vehicle_type="K33", use_code="A", colour="A", fuel="A", displacement_ml=1798, power_kW=Decimal(118),
        valid_until=date(2026, 11, 30), drive=Drive.FRONT, lamp_system=LampSystem.TWO_HIGH_LOW,
        front_suspension=Suspension.INDEPENDENT, brake_source=BrakeSource.HYDRAULIC,
        has_traction_control_always_on=True,
    )  # fmt: skip


def authority(plate: str = PLATE, **changed: object) -> AuthorityVehicle:
    car = mpv(plate)
    names = (
        "vin", "engine_number", "brand_model", "vehicle_type", "use_code", "colour", "fuel", "registered_on",
        "manufactured_on", "valid_until", "curb_mass_kg", "total_mass_kg", "seats", "axles", "displacement_ml", "power_kW",
    )  # fmt: skip
    values = {name: getattr(car, name) for name in names} | {"owner": "王建军", "simulated": True} | changed
    return AuthorityVehicle(plate, PlateKind.SMALL_CAR, **values)


def known_answer(*, differs: bool = False) -> LookupAnswer:
    """The answer for a car that was here before."""
    car = mpv()
    origins = dict.fromkeys(("vin", "drive", "parking_axles", "lamp_system"), ValueOrigin.CONFIRMED)
    known = KnownVehicle(car, origins, "v-2025", START - timedelta(days=364), Outcome.PASS, "王建军")
    if not differs:
        return LookupAnswer("lookup-1", known, authority())
    told = authority(curb_mass_kg=1790, colour="J")
    return LookupAnswer(
        "lookup-1", known, told, None,
        (Difference("curb_mass_kg", "1780", "1790"), Difference("colour", "A", "J")),
    )  # fmt: skip


def new_answer() -> LookupAnswer:
    """The answer for a car that the authority knows and we do not; its VIN has a wrong check digit."""
    return LookupAnswer("lookup-2", None, authority(vin="LSVNV2183E2100010"))


class CounterScript(Script):
    """A service whose station file names the province."""

    def handshake(self, node: str = "service") -> Handshake:
        return replace(super().handshake(node), province="粤")


def counter(script: Script, language: str) -> CounterWindow:
    window = CounterWindow(script.service, Catalogue(language))
    window.start()
    return window


def settle(window: QWidget) -> None:
    """Let what came and what was painted happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()
    if isinstance(window, CounterWindow):
        window._pump.once()
        window.refresh()
    for _ in range(3):
        app.processEvents()


def connected(language: str = "zh_CN", *, role: Role | None = Role.CLERK) -> tuple[CounterWindow, Script]:
    """A window whose service answers, with somebody signed in."""
    script = CounterScript()
    script.service_up()
    window = counter(script, language)
    window._pump.once()
    if role is not None:
        sign_in(window, script, role)
    return window, script


def sign_in(window: CounterWindow, script: Script, role: Role = Role.CLERK, name: str = CLERK) -> None:
    window.presenter.sign_in(name, "1234")
    script.service.answer(session(role, name))
    window._pump.once()


def morning(script: Script) -> None:
    """What was taken in before."""
    for number, plate in enumerate(("粤B22K86", "粤B90D17", "湘A7Q20K")):
        script.opened(f"v{number}", plate)
        script.later(400)
    script.opened("v8", "粤BD28837", PlateKind.NEW_ENERGY_SMALL)


def look_up(window: CounterWindow, plate: str = PLATE) -> None:
    window.presenter.type_plate(plate)
    window.act("look_up")
    settle(window)


def answer(window: CounterWindow, script: Script, value: object) -> None:
    script.service.answer(to_plain(value))
    settle(window)


def at_work(language: str) -> tuple[CounterWindow, Script]:
    window, script = connected(language)
    morning(script)
    settle(window)
    return window, script


def connecting(language: str) -> CounterWindow:
    return counter(Script(), language)


def signing_in(language: str) -> CounterWindow:
    return connected(language, role=None)[0]


def not_let_in(language: str) -> CounterWindow:
    window, script = connected(language, role=None)
    window.presenter.sign_in("1234", "1234")
    script.service.answer(refusal=Problem("desk.door.not_let_in", {"name": "1234"}))
    return window


def idle(language: str) -> CounterWindow:
    return at_work(language)[0]


def first_of_the_day(language: str) -> CounterWindow:
    return connected(language)[0]


def plate_matches(language: str) -> CounterWindow:
    window, _ = at_work(language)
    window.presenter.type_plate("粤B90D17")
    return window


def waiting(language: str) -> CounterWindow:
    window, _ = at_work(language)
    look_up(window)
    return window


def known(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, known_answer())
    return window


def known_differs(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, replace(known_answer(differs=True), busy_with="张敏", busy_since=script.at))
    return window


def new_car(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, new_answer())
    return window


def typing_meanwhile(language: str) -> CounterWindow:
    window, _ = at_work(language)
    look_up(window)
    window.act("type")
    settle(window)
    window.presenter.type("vin", VIN)
    window.presenter.type("vehicle_type", "K33")
    return window


def authority_away(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, LookupAnswer("lookup-3", None, None, AWAY))
    window.act("go_on")
    return window


def looked_at(language: str) -> CounterWindow:
    """The page of what no licence gives."""
    window, script = at_work(language)
    look_up(window)
    answer(window, script, replace(new_answer(), authority=authority()))
    window.act("go_on")
    settle(window)
    window.presenter.type("drive", "front")
    window.presenter.type("lamp_system", "later")
    return window


def person(language: str) -> CounterWindow:
    window = known(language)
    window.act("verified")
    settle(window)
    window.presenter.type("telephone", "010-6255")
    return window


def _planned(language: str) -> tuple[CounterWindow, Script]:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, known_answer())
    window.act("verified")
    answer(window, script, PREVIEW)
    window.act("agree")
    return window, script


def plan(language: str) -> CounterWindow:
    return _planned(language)[0]


def plan_without_price(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, known_answer())
    window.act("verified")
    advice = (
        Problem("desk.prices.none", {"day": "2026-11-23"}, Severity.WARNING),
        Problem("desk.checks.overdue", {"valid_until": "2026-10-31"}, Severity.WARNING),
    )
    answer(window, script, replace(PREVIEW, charge=(), advice=advice))
    window.act("agree")
    return window


def opening(language: str) -> CounterWindow:
    return _opening(language)[0]


def no_answer(language: str) -> CounterWindow:
    window, script = _opening(language)
    params = {"kind": "open_visit", "url": "http://service", "detail": "-"}
    script.service.answer(refusal=Problem("link.command.outcome_unknown", dict(params)))
    return window


def _opening(language: str) -> tuple[CounterWindow, Script]:
    window, script = _planned(language)
    settle(window)
    window.act("open")
    return window, script


def refused_at_field(language: str) -> CounterWindow:
    window, script = _opening(language)
    params = {"curb": 1780, "total": 2360, "least": 300, "most": 2000}
    script.service.answer(refusal=Problem("desk.intake.bad_masses", dict(params)))
    return window


def two_clerks(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, known_answer())
    script.opened("v9", PLATE)
    return window


def opened(language: str) -> tuple[CounterWindow, Script]:
    """The car is taken in, its money is due."""
    window, script = _opening(language)
    fact = VisitOpened(
        OPENED_ID, mpv(), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32, charge=PREVIEW.charge
    )  # fmt: skip
    script.tell(fact, actor=CLERK)
    script.service.answer({"visit_id": OPENED_ID})
    settle(window)
    return window, script


def done(language: str) -> CounterWindow:
    window, _ = opened(language)
    window.act("later")
    return window


def a_visit(language: str) -> CounterWindow:
    window, _ = at_work(language)
    window.presenter.look_at("v1")
    return window


def service_away(language: str) -> CounterWindow:
    window, script = at_work(language)
    look_up(window)
    answer(window, script, new_answer())
    window.presenter.type("brand_model", "大众牌")
    script.service_down()
    window._pump.once()
    window.station.down_since_s = (window.station.down_since_s or 0.0) - 130
    return window


def covered(language: str) -> CounterWindow:
    window = known(language)
    settle(window)
    window.presenter._touched_s -= 600
    return window


def covered_person(language: str) -> CounterWindow:
    window = person(language)
    settle(window)
    window.presenter.type("telephone", "13800138000")
    window.presenter._touched_s -= 600
    return window


def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take keys without the pause that protects people from their own haste."""
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    monkeypatch.setattr(sheets, "SETTLE_S", 0.0)


COUNTER: dict[str, Callable[[str], CounterWindow]] = {
    each.__name__: each
    for each in (
        connecting, signing_in, not_let_in, idle, first_of_the_day, plate_matches, waiting, known, known_differs, new_car,
        typing_meanwhile, authority_away, looked_at, person, plan, plan_without_price, opening, no_answer,
        refused_at_field, two_clerks, done, a_visit, service_away, covered, covered_person,
    )
}  # fmt: skip
"""Every situation by its name."""


def line_of(window: CounterWindow, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, f"counter_{name}")
    assert found is not None
    return found
