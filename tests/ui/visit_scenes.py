"""Situations of a visit at the counter window, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind, RecheckOffer, WithdrawReason
from carcheck_desktop.domain.facts.ending import HoldPlaced, RecheckOpened, VisitClosed, VisitWithdrawn
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.private import Presenter, VisitPrivate
from carcheck_desktop.domain.ticket import secret_digest
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.ui.counter.visit.state import TaskKind
from carcheck_desktop.ui.counter.window import CounterWindow
from tests.ui import counter_scenes as scenes
from tests.ui.scripted import EDITION, PLAN, Script
from tests.ui.signing_scenes import GOOD, WEAK, again

VISIT, PLATE = "v1", "粤B39C71"
SECRET = "Zk3vQ0pX9sTfLw2RbYc7dA"
SCANNED = f"http://192.168.1.10:8440/t/{SECRET}"
CHARGE = scenes.PREVIEW.charge
FEE = (ChargeLine("recheck_brake", "制动复检", "Brake recheck", 4000, 3),)
REPEATED = tuple(item for item in PLAN if item.item in ("W2", "B2", "B0"))
UNTIL = date(2026, 12, 23)
OWNER_NAME = "王建军"
BOARD = Holder(Place.KEY_BOARD, "12")


def opened(script: Script, *, tested: tuple[object, ...] | None = None) -> None:
    """A car with ticket, key and price, tested when cards are given."""
    script.tell(
        f.VisitOpened(
            VISIT,
            scenes.mpv(PLATE),
            InspectionKind.IN_USE,
            PLAN,
            EDITION,
            "ab" * 32,
            charge=CHARGE,
            private_digest="cd" * 32,
        ),
        actor=scenes.CLERK,
    )
    script.tell(f.TicketIssued(VISIT, "A017", secret_digest(SECRET)))
    script.tell(f.HandedOver(VISIT, (Thing.KEY, Thing.LICENCE), OWNER, COUNTER, 12), actor=scenes.CLERK)
    script.tell(f.HandedOver(VISIT, (Thing.KEY,), COUNTER, BOARD, 12), actor=scenes.CLERK)
    if tested is not None:
        again(script, VISIT, PLATE, 17, tested)  # type: ignore[arg-type]


def paid(script: Script) -> None:
    """The whole price in cash, with its receipt on paper."""
    script.tell(
        f.PaymentPaid(VISIT, "payment-1", PaymentMethod.CASH, 30000, 17, 30000, 0, "", simulated=False),
        actor=scenes.CLERK,
    )
    printed(script, DocumentKind.RECEIPT, "000017")


def printed(script: Script, kind: DocumentKind, number: str) -> str:
    paper = f"paper-{kind.value}"
    script.tell(f.PaperQueued(VISIT, paper, kind, number, "cd" * 32, "counter"), actor=scenes.CLERK)
    script.tell(f.PaperPrinting(VISIT, paper, "counter-1"), actor="system")
    script.tell(f.PaperPrinted(VISIT, paper, "counter-1"), actor="system")
    return paper


def offer(**changed: object) -> RecheckOffer:
    made = RecheckOffer(VISIT, PLATE, 1, REPEATED, FEE, UNTIL, Confidence.RECALLED)
    return replace(made, **changed)  # type: ignore[arg-type]


def offered(window: CounterWindow, script: Script, made: RecheckOffer) -> None:
    """The service answers what a recheck would be."""
    visit = window.station.visits[VISIT]
    script.service.answer({"offer": to_plain(made), "visit": to_plain(visit)})
    scenes.settle(window)


def recheck_opened(script: Script) -> None:
    script.tell(
        RecheckOpened(
            VISIT, 1, scenes.mpv(PLATE), InspectionKind.IN_USE, REPEATED, PLAN, EDITION, "ab" * 32, {}, FEE, 1, UNTIL
        ),
        actor=scenes.CLERK,
    )


def private(script: Script) -> object:
    """Who owns and who brought the car, as the service tells it."""
    return to_plain(VisitPrivate(VISIT, "", OWNER_NAME, Presenter(OWNER_NAME, "13800138000", "2026-1", script.at)))


# -- windows -------------------------------------------------------------------------------------------------------------


def at_visit(
    language: str = "zh_CN", *, role: Role = Role.CLERK, prepare: Callable[[Script], None] = opened
) -> tuple[CounterWindow, Script]:
    window, script = scenes.connected(language, role=role)
    prepare(script)
    scenes.settle(window)
    window.presenter.show_visit(VISIT)
    scenes.settle(window)
    return window, script


def _failed(script: Script) -> None:
    opened(script, tested=WEAK)
    paid(script)


def _passed(script: Script) -> None:
    opened(script, tested=GOOD)
    paid(script)
    script.tell(HoldPlaced(VISIT, "hold-1", ManualKind.FINDING, "左后制动软管有油迹"), actor="赵倩")
    script.tell(HoldPlaced(VISIT, "hold-2", ManualKind.VIOLATION, "两次违停未处理"), actor="李小燕")


def _on_lane(script: Script) -> None:
    opened(script)
    paid(script)
    script.tell(
        f.AttemptStarted(
            f"a-{VISIT}", VISIT, "1", 1, scenes.mpv(PLATE), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32
        )
    )


def task(window: CounterWindow, kind: TaskKind) -> CounterWindow:
    window.presenter.desk.begin(kind)
    scenes.settle(window)
    return window


def waiting(language: str) -> CounterWindow:
    return at_visit(language)[0]


def failed(language: str) -> CounterWindow:
    window, _ = at_visit(language, prepare=_failed)
    window.presenter.desk.show("items")
    return window


def held(language: str) -> CounterWindow:
    window, _ = at_visit(language, prepare=_passed)
    window.presenter.desk.show("money")
    return window


def withdrawn_on_lane(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_on_lane)
    script.tell(VisitWithdrawn(VISIT, WithdrawReason.OWNER, "改天再来"), actor=scenes.CLERK)
    window.presenter.desk.show("custody")
    scenes.settle(window)
    return window


def ended(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_failed)
    script.tell(f.HandedOver(VISIT, (Thing.KEY,), BOARD, OWNER, 12))
    script.tell(f.HandedOver(VISIT, (Thing.LICENCE,), COUNTER, OWNER, 12))
    script.tell(VisitClosed(VISIT))
    scenes.settle(window)
    return window


def visit_service_away(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_failed)
    script.service_down()
    window._pump.once()
    return window


def menu(language: str) -> CounterWindow:
    return task(at_visit(language, prepare=_failed)[0], TaskKind.MENU)


def recheck_asked(language: str) -> CounterWindow:
    return task(at_visit(language, prepare=_failed)[0], TaskKind.RECHECK)


def recheck(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_failed)
    task(window, TaskKind.RECHECK)
    offered(window, script, offer())
    return window


def recheck_refused(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_failed)
    task(window, TaskKind.RECHECK)
    problem = Problem("desk.recheck.too_late", {"plate": PLATE, "last_day": "2026-11-20", "days": 30})
    offered(window, script, offer(problem=problem))
    return window


def withdraw(language: str) -> CounterWindow:
    window, _ = at_visit(language, prepare=_on_lane)
    task(window, TaskKind.WITHDRAW)
    window.presenter.desk.choose(WithdrawReason.OWNER.value)
    return window


def withdraw_manager(language: str) -> CounterWindow:
    window, _ = at_visit(language, role=Role.MANAGER, prepare=_measured)
    return task(window, TaskKind.WITHDRAW)


def _measured(script: Script) -> None:
    script.opened(VISIT, PLATE)
    script.tell(
        f.AttemptStarted(
            f"a-{VISIT}", VISIT, "1", 1, scenes.mpv(PLATE), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32
        )
    )
    run, car = f"r-{VISIT}-W1", f"a-{VISIT}"
    item = PLAN[0]
    script.tell(f.ItemStarted(run, VISIT, car, "o-1", "1", item.item, item.kind, item.axle, None))
    from carcheck_desktop.domain.measurements import Origin
    from carcheck_desktop.domain.verdicts import Outcome
    from tests.ui.scripted import EFFORT, USED

    script.tell(
        f.ItemFinished(
            run, VISIT, car, "o-1", "1", item.item, item.kind, item.axle, (), Outcome.NOT_JUDGED, Origin.SIMULATOR, (USED,),
            EFFORT,
        )
    )  # fmt: skip


def refund_with_second(language: str) -> CounterWindow:
    window, script = at_visit(language, prepare=_failed)
    task(window, TaskKind.REFUND)
    desk = window.presenter.desk
    desk.type("reason", "设备故障，车主改天再来")
    desk.accept()
    params = {"kind": "refund", "who": "domain.access.seconds.refund", "actor": "-", "alone": "￥200.00"}
    script.service.answer(refusal=Problem("domain.access.second_missing", dict(params)))
    scenes.settle(window)
    return window


def insure_insisted(language: str) -> CounterWindow:
    window = task(at_visit(language)[0], TaskKind.INSURE)
    desk = window.presenter.desk
    desk.type("insurer", "中国人民财产保险股份有限公司")
    desk.type("policy", "PDZA")
    desk.accept()
    return window


def place_hold(language: str) -> CounterWindow:
    return task(at_visit(language, role=Role.MANAGER)[0], TaskKind.HOLD)


def lift_hold(language: str) -> CounterWindow:
    return task(at_visit(language, role=Role.MANAGER, prepare=_passed)[0], TaskKind.LIFT)


def print_again(language: str) -> CounterWindow:
    window = task(at_visit(language, prepare=_failed)[0], TaskKind.PRINT)
    window.presenter.desk.choose(DocumentKind.RECEIPT.value)
    return window


def who(language: str) -> CounterWindow:
    window, script = at_visit(language)
    task(window, TaskKind.WHO)
    script.service.answer({"private": private(script)})
    scenes.settle(window)
    return window


def drawer(language: str) -> CounterWindow:
    window = scenes.idle(language)
    scenes.settle(window)
    window.act("drawer")
    return window


def correct_plate(language: str) -> CounterWindow:
    window, _ = at_visit(language)
    return task(window, TaskKind.CORRECT)


def corrected(language: str) -> CounterWindow:
    window, script = at_visit(language)
    task(window, TaskKind.CORRECT)
    presenter = window.presenter
    presenter.type_plate("粤B39C77")
    presenter.act("go_on")
    presenter.type("seats", "5")
    presenter._leave_car()
    preview = replace(
        scenes.PREVIEW, plan=PLAN[:-1], charge=CHARGE[:1],
        problems=(Problem("desk.intake.already_here", {"plate": PLATE, "visit": VISIT, "by": scenes.CLERK}),),
    )  # fmt: skip
    scenes.answer(window, script, preview)
    return window


VISITING: dict[str, Callable[[str], CounterWindow]] = {
    f"visit_{each.__name__.removeprefix('visit_')}": each
    for each in (
        waiting, failed, held, withdrawn_on_lane, ended, visit_service_away, menu, recheck_asked, recheck, recheck_refused,
        withdraw, withdraw_manager, refund_with_second, insure_insisted, place_hold, lift_hold, print_again, who, drawer,
        correct_plate, corrected,
    )
}  # fmt: skip
"""Every situation by its name."""
