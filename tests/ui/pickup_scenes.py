"""Situations of the pickup window, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts.insurance import InsuranceFound
from carcheck_desktop.domain.insurance import Policy
from carcheck_desktop.domain.ticket import secret_digest
from carcheck_desktop.ui.pickup.window import PickupWindow
from tests.ui.scripted import Script, session
from tests.ui.signing_scenes import GOOD, WEAK, waits

CLERK = "李小燕"
SECRET = "Zk3vQ0pX9sTfLw2RbYc7dA"
BOARD = Holder(Place.KEY_BOARD, "12")
JAM = Problem("printing.spool.paper_out", {"printer": "pickup-1"})


def settle(window: QWidget) -> None:
    """Let what came and what was painted happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()
    if isinstance(window, PickupWindow):
        window._pump.once()
        window.refresh()
    for _ in range(3):
        app.processEvents()


def connected(language: str = "zh_CN", *, role: Role | None = Role.CLERK) -> tuple[PickupWindow, Script]:
    """A window whose service answers, with somebody signed in."""
    script = Script()
    script.service_up()
    window = PickupWindow(script.service, Catalogue(language))
    window.start()
    window._pump.once()
    if role is not None:
        sign_in(window, script, role)
    return window, script


def sign_in(window: PickupWindow, script: Script, role: Role = Role.CLERK, name: str = CLERK) -> None:
    window.presenter.sign_in(name, "1234")
    script.service.answer(session(role, name))
    window._pump.once()


# -- what happened to a car, a line each -----------------------------------------------------------------------------


def concluded(script: Script, visit_id: str, plate: str, number: int, *, good: bool = True) -> None:
    """A car with a ticket, tested and concluded; key and licence were handed over."""
    waits(script, visit_id, plate, number, GOOD if good else WEAK)
    script.tell(f.TicketIssued(visit_id, f"A{number:03d}", secret_digest(SECRET if number == 17 else f"{number}")))
    script.tell(f.HandedOver(visit_id, (Thing.KEY, Thing.LICENCE), OWNER, COUNTER, 12))
    script.tell(f.HandedOver(visit_id, (Thing.KEY,), COUNTER, BOARD, 12))


def insured(script: Script, visit_id: str, *, begins_in_days: int = -100) -> None:
    first = script.at.date() + timedelta(days=begins_in_days)
    policy = Policy("PDZA2026****0017", "中国人保", first, first + timedelta(days=365))
    script.tell(InsuranceFound(visit_id, policy, "simulated", simulated=True))


def signed(script: Script, visit_id: str, number: int) -> None:
    script.tell(
        f.ReportSigned(
            visit_id, f"report-{number}-1", 1, "cd" * 32, "0.1.0", "ab" * 32, "陈国华", "ef" * 32, "01" * 64
        ),
        actor="陈国华",
    )


def queued(script: Script, visit_id: str, kind: DocumentKind, number: str) -> str:
    paper_id = f"paper-{visit_id}-{kind.value}"
    script.tell(f.PaperQueued(visit_id, paper_id, kind, number, "cd" * 32, "pickup"), actor=CLERK)
    return paper_id


def printed(script: Script, visit_id: str, kind: DocumentKind, number: str) -> str:
    paper_id = queued(script, visit_id, kind, number)
    script.tell(f.PaperPrinting(visit_id, paper_id, "pickup-1"), actor="system")
    script.tell(f.PaperPrinted(visit_id, paper_id, "pickup-1"), actor="system")
    return paper_id


def called(script: Script, visit_id: str) -> None:
    script.tell(f.OwnerCalled(visit_id, f"call-{visit_id}", CallTo.PICKUP, ""), actor=CLERK)


def returned(script: Script, visit_id: str) -> None:
    script.tell(f.HandedOver(visit_id, (Thing.KEY,), BOARD, OWNER, 12))
    script.tell(f.HandedOver(visit_id, (Thing.LICENCE,), COUNTER, OWNER, 12))


def morning(script: Script) -> None:
    """One car is ready but for its papers, one failed, one has no insurance, one waits for its signature."""
    concluded(script, "v1", "粤B39C71", 17)
    insured(script, "v1")
    signed(script, "v1", 17)
    script.later(200)
    concluded(script, "v2", "粤BD28837", 18, good=False)
    insured(script, "v2")
    signed(script, "v2", 18)
    script.later(100)
    concluded(script, "v3", "湘A7Q20K", 19)
    insured(script, "v3", begins_in_days=3)
    signed(script, "v3", 19)
    concluded(script, "v4", "桂C60H12", 20)
    insured(script, "v4")


# -- situations ------------------------------------------------------------------------------------------------------


def at_work(language: str = "zh_CN", visit_id: str = "", *, role: Role = Role.CLERK) -> tuple[PickupWindow, Script]:
    window, script = connected(language, role=role)
    morning(script)
    settle(window)
    if visit_id:
        window.presenter.choose(visit_id)
        window.refresh()
    return window, script


def connecting(language: str) -> PickupWindow:
    window = PickupWindow(Script().service, Catalogue(language))
    window.start()
    return window


def signing_in(language: str) -> PickupWindow:
    return connected(language, role=None)[0]


def first_of_the_day(language: str) -> PickupWindow:
    return connected(language)[0]


def idle(language: str) -> PickupWindow:
    return at_work(language)[0]


def nothing_found(language: str) -> PickupWindow:
    window, _ = at_work(language)
    window.body.side.box.setText("Z999")
    window.presenter.search("Z999")
    return window


def to_print(language: str) -> PickupWindow:
    return at_work(language, "v1")[0]


def failed_car(language: str) -> PickupWindow:
    return at_work(language, "v2")[0]


def not_insured_yet(language: str) -> PickupWindow:
    return at_work(language, "v3")[0]


def not_signed_yet(language: str) -> PickupWindow:
    return at_work(language, "v4")[0]


def printing(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    printed(script, "v1", DocumentKind.REPORT, "000017")
    paper = queued(script, "v1", DocumentKind.CERTIFICATE, "000001")
    script.tell(f.PaperWaits("v1", paper, "pickup-1", JAM, begun=False), actor="system")
    return window


def in_doubt(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    paper = queued(script, "v1", DocumentKind.REPORT, "000017")
    script.tell(f.PaperPrinting("v1", paper, "pickup-1"), actor="system")
    script.tell(f.PaperInDoubt("v1", paper, "pickup-1", JAM), actor="system")
    return window


def all_printed(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    printed(script, "v1", DocumentKind.REPORT, "000017")
    printed(script, "v1", DocumentKind.CERTIFICATE, "000001")
    return window


def owner_called(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    printed(script, "v1", DocumentKind.REPORT, "000017")
    printed(script, "v1", DocumentKind.CERTIFICATE, "000001")
    called(script, "v1")
    return window


def to_close(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    printed(script, "v1", DocumentKind.REPORT, "000017")
    printed(script, "v1", DocumentKind.CERTIFICATE, "000001")
    returned(script, "v1")
    return window


def reprinted(language: str) -> PickupWindow:
    """The first print was torn: it is void under a number, and another one lies there."""
    window, script = at_work(language, "v1")
    first = printed(script, "v1", DocumentKind.REPORT, "000017")
    script.tell(f.PaperVoided("v1", first, 4, "卡纸撕破"), actor=CLERK)
    script.tell(
        f.PaperQueued("v1", "paper-again", DocumentKind.REPORT, "000017", "cd" * 32, "pickup", 2, first), actor=CLERK
    )
    return window


def asking_why(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    printed(script, "v1", DocumentKind.REPORT, "000017")
    settle(window)
    window.show()
    window.act("reprint")
    return window


def refused(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    window.act("print")
    script.service.answer(refusal=Problem("desk.papers.unsigned", {"plate": "粤B39C71"}))
    return window


def lane_controller(language: str) -> PickupWindow:
    """Somebody who may print but neither call nor close."""
    return at_work(language, "v1", role=Role.LANE_CONTROLLER)[0]


def service_away(language: str) -> PickupWindow:
    window, script = at_work(language, "v1")
    script.service_down()
    window._pump.once()
    window.station.down_since_s = window.station._monotonic() - 200
    return window


PICKUP: dict[str, Callable[[str], PickupWindow]] = {
    each.__name__: each
    for each in (
        connecting, signing_in, first_of_the_day, idle, nothing_found, to_print, failed_car, not_insured_yet,
        not_signed_yet, printing, in_doubt, all_printed, owner_called, to_close, reprinted, asking_why, refused,
        lane_controller, service_away,
    )
}  # fmt: skip
