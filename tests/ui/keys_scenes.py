"""Situations of the keys window, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind
from carcheck_desktop.ui.keys.window import KeysWindow
from tests.ui.scripted import EDITION, PLAN, Script, session, vehicle

GUIDE, DRIVER = "赵大伟", "孙强"
KEY = (Thing.KEY,)


def person(name: str) -> Holder:
    return Holder(Place.PERSON, name)


def hook(number: int) -> Holder:
    return Holder(Place.KEY_BOARD, str(number))


def handed(script: Script, visit_id: str, from_: Holder, to: Holder, tag: int, **more: str) -> None:
    """A key goes from one to another; `actor` writes it down, `reason` says why the record was corrected."""
    fact = f.HandedOver(visit_id, KEY, from_, to, tag, more.get("reason", ""))
    script.tell(fact, actor=more.get("actor", GUIDE))


def settle(window: QWidget) -> None:
    """Let what came and what was painted happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()
    if isinstance(window, KeysWindow):
        window._pump.once()
        window.refresh()
    for _ in range(3):
        app.processEvents()


def connected(
    language: str = "zh_CN", *, role: Role | None = Role.GUIDE, name: str = GUIDE
) -> tuple[KeysWindow, Script]:
    """A window whose service answers, with somebody signed in."""
    script = Script()
    script.service_up()
    window = KeysWindow(script.service, Catalogue(language))
    window.start()
    window._pump.once()
    if role is not None:
        window.presenter.sign_in(name, "1234")
        script.service.answer(session(role, name))
        window._pump.once()
    return window, script


def busy(script: Script) -> None:
    """Six cars: one at the gate, one with its key at the owner, three on the board, one on the lane."""
    cars = (("v1", "粤B39C71"), ("v2", "湘A7Q20K"), ("v3", "粤B66666"), ("v4", "浙A88D2C"))
    for number, (visit_id, plate) in enumerate(cars, start=11):
        script.opened(visit_id, plate)
        script.tell(f.TicketIssued(visit_id, f"A{number:03}", "ab" * 32))
        script.later(60)
    script.tell(f.HandedOver("v1", tuple(Thing), OWNER, person(GUIDE), 1), actor=GUIDE)
    script.later(90)
    script.tell(f.HandedOver("v1", (Thing.LICENCE,), person(GUIDE), COUNTER, 1), actor=GUIDE)
    handed(script, "v1", person(GUIDE), hook(1), 1)
    handed(script, "v3", OWNER, hook(2), 2, actor="李小燕")
    handed(script, "v4", OWNER, person(GUIDE), 3)
    script.later(240)
    handed(script, "v4", person(GUIDE), person(DRIVER), 3, actor="李小燕", reason="交接时漏记")
    started = f.AttemptStarted(
        "a-v4", "v4", "1", 1, vehicle("浙A88D2C"), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32
    )  # fmt: skip
    script.tell(started)
    script.tell(f.ArrivalNoted("gate", "粤BD28837", PlateKind.NEW_ENERGY_SMALL, Channel.APP, "booking-7"))
    script.tell(f.TicketIssued("gate", "B003", "cd" * 32))
    script.later(30)


def at_work(language: str = "zh_CN", *, role: Role = Role.GUIDE, name: str = GUIDE) -> tuple[KeysWindow, Script]:
    window, script = connected(language, role=role, name=name)
    busy(script)
    settle(window)
    return window, script


def connecting(language: str) -> KeysWindow:
    window = KeysWindow(Script().service, Catalogue(language))
    window.start()
    return window


def signing_in(language: str) -> KeysWindow:
    return connected(language, role=None)[0]


def nobody_waits(language: str) -> KeysWindow:
    return connected(language)[0]


def guide(language: str) -> KeysWindow:
    """The next car of the guide stands at the gate, its key with the owner."""
    return at_work(language)[0]


def guide_keys(language: str) -> KeysWindow:
    """The guide looks at the key board and at the car whose record was corrected."""
    window, _ = at_work(language)
    window.presenter.list("keys")
    window.presenter.choose("v4")
    return window


def driver(language: str) -> KeysWindow:
    """The next car of a driver hangs on the board."""
    return at_work(language, role=Role.LANE_DRIVER, name="吴刚")[0]


def driver_on_lane(language: str) -> KeysWindow:
    return at_work(language, role=Role.LANE_DRIVER, name=DRIVER)[0]


def arrival(language: str) -> KeysWindow:
    window, _ = at_work(language)
    window.act("note")
    window.presenter.type_plate("粤B12F45")
    return window


def arrival_known(language: str) -> KeysWindow:
    window, _ = at_work(language)
    window.act("note")
    window.presenter.type_plate("粤B39C71")
    return window


def noted(language: str) -> KeysWindow:
    """The car that was noted is large, its key in the guide's hand."""
    window, script = at_work(language)
    window.act("note")
    window.presenter.type_plate("粤B12F45")
    window.act("note_take")
    script.tell(f.ArrivalNoted("new", "粤B12F45", PlateKind.SMALL_CAR, Channel.WALK_IN, None))
    script.tell(f.TicketIssued("new", "A015", "ef" * 32))
    handed(script, "new", OWNER, person(GUIDE), 4)
    script.service.answer({"visit_id": "new", "number": "A015", "tag": 4, "joined_by": ""})
    settle(window)
    return window


def refused(language: str) -> KeysWindow:
    """Somebody else took the key a moment before."""
    window, script = at_work(language, role=Role.LANE_DRIVER, name="吴刚")
    window.presenter.act("take")
    params: dict[str, str | int] = {"plate": "粤B39C71", "thing": "Thing.key", "holder": DRIVER, "since": "09:21"}
    script.service.answer(refusal=Problem("desk.keys.held_elsewhere", params))
    settle(window)
    return window


def giving_back(language: str) -> KeysWindow:
    window, _ = at_work(language)
    window.presenter.choose("v1")
    window.show()
    window.give_back()
    return window


def correcting(language: str) -> KeysWindow:
    """A clerk puts right what a driver forgot to write down."""
    window, _ = at_work(language, role=Role.CLERK, name="李小燕")
    window.presenter.choose("v4")
    window.show()
    window.correct()
    return window


def service_away(language: str) -> KeysWindow:
    window, script = at_work(language)
    script.service_down()
    window._pump.once()
    window.station.down_since_s = window.station._monotonic() - 200
    return window


KEYS: dict[str, Callable[[str], KeysWindow]] = {
    each.__name__: each
    for each in (
        connecting, signing_in, nobody_waits, guide, guide_keys, driver, driver_on_lane, arrival, arrival_known, noted,
        refused, giving_back, correcting, service_away,
    )
}  # fmt: skip
