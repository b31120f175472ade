"""Situations of the signing window, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.documents import (
    Align,
    Column,
    Document,
    DocumentKind,
    Pair,
    Row,
    Rule,
    Size,
    Table,
    Width,
    document_to_json,
    text_line,
)
from carcheck_desktop.domain.verdicts import Comparison, Outcome, Quantity, VerdictCard
from carcheck_desktop.ui.signing.window import SigningWindow
from tests.ui.scripted import EDITION, Script, card, session

SIGNER = "陈国华"
MOST, LEAST = Comparison.AT_MOST, Comparison.AT_LEAST
WEAK = (
    card(Quantity.AXLE_BRAKE_RATE, "B1", "66.019175350102", "60", sign=LEAST, outcome=Outcome.PASS),
    card(Quantity.IMBALANCE, "B1", "8.2", "20", sign=MOST, outcome=Outcome.PASS),
    card(Quantity.AXLE_BRAKE_RATE, "B2", "17.4", "20", sign=LEAST, outcome=Outcome.FAIL),
    card(Quantity.IMBALANCE, "B2", "31.6", "24", sign=MOST, outcome=Outcome.FAIL),
    card(Quantity.PARKING_BRAKE_RATE, "B0", "23.9", "20", sign=LEAST, outcome=Outcome.PASS),
    card(Quantity.WHOLE_VEHICLE_BRAKE_RATE, "whole", "58.2", "60", sign=LEAST, outcome=Outcome.FAIL),
)
GOOD = (
    card(Quantity.AXLE_BRAKE_RATE, "B1", "66.019175350102", "60", sign=LEAST, outcome=Outcome.PASS),
    card(Quantity.IMBALANCE, "B1", "8.2", "20", sign=MOST, outcome=Outcome.PASS),
    card(Quantity.PARKING_BRAKE_RATE, "B0", "23.9", "20", sign=LEAST, outcome=Outcome.PASS),
    card(Quantity.WHOLE_VEHICLE_BRAKE_RATE, "whole", "63.104", "60", sign=LEAST, outcome=Outcome.PASS),
)


def report_paper(plate: str, number: str, cards: tuple[VerdictCard, ...]) -> Document:
    """A report as it is printed: small, with everything that a page can have."""
    rows = tuple(Row((each.item, str(each.rounded), str(each.limit), each.outcome.value)) for each in cards)
    columns = (Column(2, "项目"), Column(2, "实测", Align.RIGHT), Column(2, "限值", Align.RIGHT), Column(2, "判定"))
    blocks = (
        text_line("机动车安全技术检验报告", Align.CENTRE, Size.LARGE, bold=True),
        Pair("报告编号", number), Pair("号牌号码", plate), Rule(), Table(columns, rows, ruled=True),
    )  # fmt: skip
    return Document(DocumentKind.REPORT, number, "zh_CN", Width.A4, blocks, simulated=True)


def waits(
    script: Script, visit_id: str, plate: str, number: int, cards: tuple[VerdictCard, ...], *, tester: str = "王建国"
) -> None:
    """A car was tested by somebody, is concluded, and its report waits."""
    script.opened(visit_id, plate)
    again(script, visit_id, plate, number, cards, tester=tester)


def again(
    script: Script, visit_id: str, plate: str, number: int, cards: tuple[VerdictCard, ...], *, tester: str = "王建国",
    attempt: int = 1,
) -> None:  # fmt: skip
    """One attempt of a car, its conclusion and its report."""
    from carcheck_desktop.domain.vehicle import InspectionKind
    from tests.ui.scripted import PLAN, vehicle

    attempt_id = f"a-{visit_id}-{attempt}"
    script.tell(
        f.AttemptStarted(
            attempt_id, visit_id, "1", attempt, vehicle(plate), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32
        ),
        actor=tester,
    )
    script.tell(f.AttemptEnded(attempt_id, visit_id, "1", f.AttemptEnd.COMPLETE, ""), actor=tester)
    outcome = Outcome.FAIL if any(each.outcome is Outcome.FAIL for each in cards) else Outcome.PASS
    script.tell(f.VisitConcluded(visit_id, attempt_id, outcome, cards), actor="system")
    script.tell(
        f.ReportMade(
            visit_id, f"report-{number}-{attempt}", f"{number:06d}", attempt, attempt_id, outcome, "cd" * 32, "0.1.0",
            EDITION, "7c1e90b4" * 8,
        ),
        actor="system",
    )  # fmt: skip


def settle(window: QWidget) -> None:
    """Let what came and what was painted happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()
    if isinstance(window, SigningWindow):
        window._pump.once()
        window.refresh()
    for _ in range(3):
        app.processEvents()


def connected(
    language: str = "zh_CN", *, role: Role | None = Role.SIGNER, name: str = SIGNER
) -> tuple[SigningWindow, Script]:
    """A window whose service answers, with somebody signed in."""
    script = Script()
    script.service_up()
    window = SigningWindow(script.service, Catalogue(language))
    window.start()
    window._pump.once()
    if role is not None:
        sign_in(window, script, role, name)
    return window, script


def sign_in(window: SigningWindow, script: Script, role: Role = Role.SIGNER, name: str = SIGNER) -> None:
    window.presenter.sign_in(name, "1234")
    script.service.answer(session(role, name))
    window._pump.once()


def at_work(
    language: str = "zh_CN", *, role: Role = Role.SIGNER, name: str = SIGNER, shown: bool = True
) -> tuple[SigningWindow, Script]:
    """Three reports wait; the oldest one has failed."""
    window, script = connected(language, role=role, name=name)
    waits(script, "v1", "粤B39C71", 17, WEAK)
    script.later(240)
    waits(script, "v2", "粤BD28837", 18, GOOD, tester="刘洋")
    script.later(300)
    waits(script, "v3", "湘A7Q20K", 19, GOOD)
    settle(window)
    if shown:
        answer_paper(window, script)
    return window, script


def answer_paper(window: SigningWindow, script: Script) -> None:
    """The service sends the document that was asked for."""
    paper = report_paper("粤B39C71", "000017", WEAK)
    script.service.answer({"document": document_to_json(paper), "digest": "cd" * 32})
    settle(window)


def connecting(language: str) -> SigningWindow:
    window = SigningWindow(Script().service, Catalogue(language))
    window.start()
    return window


def signing_in(language: str) -> SigningWindow:
    return connected(language, role=None)[0]


def nothing_waits(language: str) -> SigningWindow:
    return connected(language)[0]


def values(language: str) -> SigningWindow:
    return at_work(language)[0]


def paper(language: str) -> SigningWindow:
    window, _ = at_work(language)
    window.act("turn")
    return window


def paper_loading(language: str) -> SigningWindow:
    window, _ = at_work(language, shown=False)
    window.act("turn")
    return window


def paper_gone(language: str) -> SigningWindow:
    window, script = at_work(language, shown=False)
    script.service.answer(
        refusal=Problem("desk.signing.document_gone", {"number": "000017", "digest": "cdcdcdcdcdcdcdcd"})
    )
    settle(window)
    window.act("turn")
    return window


def own_test(language: str) -> SigningWindow:
    """The signer started this test himself."""
    return at_work(language, name="王建国")[0]


def wrong_pin(language: str) -> SigningWindow:
    window, script = at_work(language)
    window.presenter.sign("9999")
    script.service.answer(refusal=Problem("desk.signing.wrong_pin", {"actor": SIGNER}))
    return window


def signed(language: str) -> SigningWindow:
    """The first one is signed, the next one is large."""
    window, script = at_work(language)
    window.presenter.sign("2468")
    script.service.answer({"report_id": "report-17-1", "revision": 1})
    return window


def rechecked(language: str) -> SigningWindow:
    window, script = connected(language)
    waits(script, "v1", "粤B39C71", 17, WEAK)
    again(script, "v1", "粤B39C71", 17, GOOD, attempt=2)
    settle(window)
    return window


def rejecting(language: str) -> SigningWindow:
    window, _ = at_work(language)
    window.show()
    window.act("reject")
    return window


def sent_back(language: str) -> SigningWindow:
    """The only report was rejected; it is made anew when that is settled."""
    window, script = connected(language)
    waits(script, "v1", "粤B39C71", 17, GOOD)
    script.tell(f.ReportRejected("v1", "report-17-1", 1, "2 轴左轮轴荷明显偏小"), actor="何敏")
    settle(window)
    return window


def no_signer(language: str) -> SigningWindow:
    """The manager looks on."""
    return at_work(language, role=Role.MANAGER, name="何敏")[0]


def service_away(language: str) -> SigningWindow:
    window, script = at_work(language)
    script.service_down()
    window._pump.once()
    window.station.down_since_s = window.station._monotonic() - 200
    return window


SIGNING: dict[str, Callable[[str], SigningWindow]] = {
    each.__name__: each
    for each in (
        connecting, signing_in, nothing_waits, values, paper, paper_loading, paper_gone, own_test, wrong_pin, signed,
        rechecked, rejecting, sent_back, no_signer, service_away,
    )
}  # fmt: skip
