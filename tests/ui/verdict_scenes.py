"""Verdicts as the service explains them, really judged, and the sheet in its situations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from carcheck_desktop.app.parts import load_tables
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.desk.verdicts.showing import explained
from carcheck_desktop.domain.explained import ExplainedCard, FieldDifference, UnderEdition, VerdictView
from carcheck_desktop.domain.measurements import AxleWeighing, Curve, Origin, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, Quantity, VerdictCard
from carcheck_desktop.domain.views import ItemState, ItemView
from carcheck_desktop.standards.again import RawItem, day_in, judge_again
from carcheck_desktop.standards.drawing import drawing_of
from carcheck_desktop.standards.verdicts import Measured, conclude
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.signing.window import SigningWindow
from tests.standards.emission.runs import CAR, clean
from tests.ui import signing_scenes
from tests.ui.scripted import Script, busy_day

HASH = "5203984711" * 6
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 40, tzinfo=UTC)
OLD = "GB 21861-2014"
ASKED = Message("standards.plan.service_brake", {"axle": 2})
GONE = Problem("desk.verdicts.raw_gone", {"item": "B2", "digest": "cd" * 8})


def press(left_daN: int, right_daN: int, *, lost: tuple[int, ...] = ()) -> Curve:
    """A press on the pedal: drag, a rise whose right side is slower, a hold that trembles a little."""
    sides = []
    for peak, pace, late in ((left_daN, 3, 0), (right_daN, 4, 6)):
        rise = (min(100, max(0, index - 140 - late) // pace) for index in range(560))
        sides.append(
            [6 + (peak - 6) * share // 100 - (index * 7 % 5) * share // 100 for index, share in enumerate(rise)]
        )
    left, right = (tuple(0 if index in lost else force for index, force in enumerate(side)) for side in sides)
    return Curve(10, left, right, lost)


def run_of(axle: int, load_kg: int) -> ServiceBrakeRun:
    load = Decimal(load_kg)
    return ServiceBrakeRun(axle, load, load, Decimal(6), Decimal(5), 120, StopReason.TIME_OUT, "cd" * 32)


def shown(cards: tuple[VerdictCard, ...]) -> tuple[ExplainedCard, ...]:
    """Return cards explained, with a digest that no change of a table changes."""
    return explained([replace(card, table_hash=HASH) for card in cards])


def view_of(raw: RawItem, plate: str = "粤B39C71") -> VerdictView:
    """Return what the service answers about an item that came out as it did."""
    rules, item = load_tables(), raw.item
    own = rules.edition("petrol" if item.kind is ItemKind.TWO_SPEED_IDLE else "safety", raw.on)
    cards = judge_again(own, raw)
    others = []
    for edition in rules.editions:
        if edition.family is own.family and edition is not own:
            under = shown(judge_again(edition, raw))
            others.append(UnderEdition(edition.edition, edition.table_hash, under, day_in(edition, raw.on)))
    worst = next((card.outcome for card in cards if card.outcome is not Outcome.PASS), Outcome.PASS)
    return VerdictView(
        visit_id="v1", plate=plate, item=item.item, kind=item.kind, axle=item.axle, attempt=1, attempts=(1,),
        judged_on=raw.on, finished_at=AT, origin=Origin.SIMULATOR, outcome=worst, stored=shown(cards),
        again=UnderEdition(own.edition, own.table_hash, shown(cards)), differences=(),
        drawing=drawing_of(raw, cards), editions=(own.edition, *(each.edition for each in others)),
        others=tuple(others),
    )  # fmt: skip


@cache
def brakes(left_daN: int = 268, right_daN: int = 196, lost: tuple[int, ...] = ()) -> VerdictView:
    """A second axle whose right wheel is weak and late."""
    run = run_of(2, 395)
    item = ItemView("B2", ItemKind.SERVICE_BRAKE, 2, ASKED, ItemState.DONE, service_brake=run)
    return view_of(RawItem(CAR, InspectionKind.IN_USE, ON, item, press(left_daN, right_daN, lost=lost)))


@cache
def exhaust() -> VerdictView:
    """A two-speed idle test second by second."""
    run, record = clean()
    seconds = tuple(
        replace(each, co_percent=each.co_percent + Decimal(each.number % 7) / 100, lambda_=Decimal("1.01"))
        for each in record.seconds
    )
    item = ItemView("DB", ItemKind.TWO_SPEED_IDLE, 0, ASKED, ItemState.DONE, two_speed_idle=run)
    raw = RawItem(CAR, InspectionKind.IN_USE, ON, item, exhaust=replace(record, seconds=seconds))
    return view_of(raw, "桂C60H12")


@cache
def whole(plate: str = "粤B39C71") -> VerdictView:
    """The whole vehicle: no curve of its own."""
    rules = load_tables()
    runs = [(run_of(1, 420), press(300, 290)), (run_of(2, 395), press(268, 196))]
    weighings = [AxleWeighing(axle, Decimal(kg), Decimal(kg)) for axle, kg in ((1, 420), (2, 395))]
    measured = Measured(weighings, runs, (), ())

    def under(name: str) -> UnderEdition:
        edition = rules.named(name)
        day = day_in(edition, ON)
        card = conclude(edition, CAR, InspectionKind.IN_USE, day, measured).whole
        return UnderEdition(name, edition.table_hash, shown((card,)), day if day != ON else None)

    own = under(rules.safety.edition)
    return VerdictView(
        visit_id="v1", plate=plate, item="whole", kind=None, axle=0, attempt=2, attempts=(1, 2), judged_on=ON,
        finished_at=AT, origin=Origin.HARDWARE, outcome=own.cards[0].card.outcome, stored=own.cards, again=own,
        differences=(), drawing=None, editions=(rules.safety.edition, OLD), others=(under(OLD),),
    )  # fmt: skip


def gone() -> VerdictView:
    """A result whose samples are not there any more."""
    view = brakes()
    nothing = UnderEdition(view.again.edition, view.again.table_hash, problem=GONE)
    others = tuple(replace(each, cards=(), problem=GONE) for each in view.others)
    return replace(view, drawing=None, again=nothing, others=others)


def forged() -> VerdictView:
    """A result that does not come out again as it was stored."""
    view = whole()
    found = (
        FieldDifference(Quantity.WHOLE_VEHICLE_BRAKE_RATE, "rounded", "68.4", "66.0"),
        FieldDifference(Quantity.WHOLE_VEHICLE_BRAKE_RATE, "inputs.axle1_left_max_daN", "320", "300"),
    )
    return replace(view, differences=found)


# -- situations ------------------------------------------------------------------------------------


def asked(language: str, key: str = "B2/imbalance") -> tuple[ControlWindow, Script]:
    """A control window in which somebody asked why, and nobody has answered yet."""
    from tests.ui.scenes import connected

    window, script = connected(language)
    busy_day(script)
    window._pump.once()
    window.refresh()
    window.ask_verdict(key)
    return window, script


def answered(language: str, view: VerdictView, key: str = "B2/imbalance", edition: str = "") -> ControlWindow:
    window, script = asked(language, key)
    script.service.explaining[-1].set_result(view)
    window._pump.once()
    if edition:
        window._sheet.editions.chosen.emit(edition)  # type: ignore[union-attr]
    return window


def explaining(language: str) -> ControlWindow:
    return asked(language)[0]


def explained_rate(language: str) -> ControlWindow:
    return answered(language, brakes(), "B2/axle_brake_rate", OLD)


def explained_imbalance(language: str) -> ControlWindow:
    return answered(language, brakes(lost=(260, 261, 262)))


def explained_exhaust(language: str) -> ControlWindow:
    return answered(language, exhaust(), "DB/high_idle_co")


def explained_gone(language: str) -> ControlWindow:
    return answered(language, gone(), edition=OLD)


def explained_by_nobody(language: str) -> ControlWindow:
    window, script = asked(language)
    from carcheck_desktop.base.errors import LinkError

    script.service.explaining[-1].set_exception(LinkError("link.time_out", url="http://service", seconds="15.0"))
    window._pump.once()
    return window


def signing_explained(language: str, view: VerdictView | None = None) -> SigningWindow:
    """The signer asks about the whole vehicle before he signs."""
    window = signing_scenes.values(language)
    signing_scenes.settle(window)
    window.explain("whole/whole_vehicle_brake_rate")
    link = window.station.service.link
    link.explaining[-1].set_result(view or whole())  # type: ignore[attr-defined]
    window._pump.once()
    return window


def signing_explained_otherwise(language: str) -> SigningWindow:
    return signing_explained(language, forged())


EXPLAINED: dict[str, Callable[[str], ControlWindow]] = {
    each.__name__: each
    for each in (
        explaining, explained_rate, explained_imbalance, explained_exhaust, explained_gone, explained_by_nobody,
    )
}  # fmt: skip
EXPLAINED_TO_SIGNER: dict[str, Callable[[str], SigningWindow]] = {
    each.__name__: each for each in (signing_explained, signing_explained_otherwise)
}
