"""Items, verdict cards and instruments of a lane as rows, cards and tiles; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.units import Unit, behind
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.bridge.words import figure, short_time
from carcheck_desktop.ui.control.state import ResultState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.verdict.cards import OUTCOME_TONE, card_state
from carcheck_desktop.ui.widgets.data.states import PairState, RowState, TileState

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import DeviceView, ItemView, VisitView
    from carcheck_desktop.ui.bridge.words import Words

KIND_ICON = {
    ItemKind.AXLE_WEIGHING: "weight",
    ItemKind.SERVICE_BRAKE: "disc-3",
    ItemKind.PARKING_BRAKE: "circle-parking",
    ItemKind.TWO_SPEED_IDLE: "gauge",
}
WHOLE = "whole"
"""Item code of quantities that belong to no single axle."""


def item_tone(item: ItemView) -> Tone:
    """Return how an item stands."""
    if item.state is ItemState.RUNNING:
        return Tone.RUNNING
    if item.state is ItemState.VOID:
        return Tone.CAUTION
    if item.state is ItemState.PLANNED or item.outcome is None:
        return Tone.NEUTRAL
    # a weighing is done without a verdict of its own
    if item.outcome is Outcome.NOT_JUDGED and not item.cards:
        return Tone.GOOD
    return OUTCOME_TONE[item.outcome]


def item_word(item: ItemView, words: Words) -> str:
    """Return how an item stands in one word."""
    is_judged = item.state is ItemState.DONE and item.outcome is not None and bool(item.cards)
    return words.name(item.outcome) if is_judged and item.outcome is not None else words.name(item.state)


def item_rows(items: tuple[ItemView, ...], words: Words) -> tuple[RowState, ...]:
    """Return the list of items."""
    return tuple(_item_row(item, words) for item in items)


def _item_row(item: ItemView, words: Words) -> RowState:
    tone = item_tone(item)
    icons = {Tone.GOOD: "circle-check", Tone.BAD: "circle-x", Tone.RUNNING: "circle-dot", Tone.CAUTION: "circle-alert"}
    detail = item.item
    if item.runs > 1:
        detail = f"{detail} · {words('ui.item.run_number', number=item.runs)}"
    detail = f"{detail} · {_brief(item, words)}"
    return RowState(
        key=item.item,
        title=words.item(item.kind, item.axle),
        detail=detail,
        trailing=item_word(item, words),
        icon=icons.get(tone, KIND_ICON[item.kind]),
        tone=tone,
    )


def _brief(item: ItemView, words: Words) -> str:
    """Say the result in a few figures, or why the item is asked."""
    if item.state is ItemState.VOID and item.void_reason is not None:
        return words.message(item.void_reason.cause)
    if item.weighing is not None:
        return words("ui.item.wheel_loads", left=figure(item.weighing.left_kg), right=figure(item.weighing.right_kg))
    if item.outcome is Outcome.INVALID and item.cards:
        return words.message(item.cards[0].reason)
    if item.cards:
        return " · ".join(f"{figure(card.rounded)} {behind(card.unit)}".strip() for card in item.cards)
    return words.message(item.plan_reason)


def result_state(item: ItemView | None, words: Words) -> ResultState:
    """Return what an item came to: its cards, and the figures that a person checks them with."""
    if item is None:
        return ResultState(words("ui.result.title"), (), (), words("ui.result.none_yet"))
    title = words("ui.result.of_item", item=words.item(item.kind, item.axle), code=item.item)
    void = ""
    if item.state is ItemState.VOID and item.void_reason is not None:
        void = " ".join(words.lines(item.void_reason)[:2])
    cards = item.cards
    if item.two_speed_idle is not None and item.outcome is Outcome.INVALID and cards:
        void, cards = words.message(cards[0].reason), ()  # one reason for the whole test, and no value in any card
    empty = words("ui.result.running") if item.state is ItemState.RUNNING else _not_begun(item, words)
    return ResultState(
        title, tuple(card_state(card, words, explain=True) for card in cards), _facts(item, words), empty, void
    )


def _not_begun(item: ItemView, words: Words) -> str:
    """Say that an item waits, and the whole reason why it is asked: the list has no room for it."""
    return " ".join(part for part in (words("ui.result.not_begun"), words.message(item.plan_reason)) if part)


def conclusion_row(visit: VisitView, words: Words) -> RowState:
    """Return the conclusion over the whole car as the last row of the items."""
    outcome = visit.conclusion or Outcome.NOT_JUDGED
    brief = " · ".join(f"{figure(card.rounded)} {behind(card.unit)}".strip() for card in _whole_cards(visit))
    return RowState(
        key=WHOLE,
        title=words("ui.conclusion.title"),
        detail=brief or words("ui.conclusion.all_items"),
        trailing=words.name(outcome),
        icon="flag",
        tone=OUTCOME_TONE[outcome],
    )


def conclusion_state(visit: VisitView, words: Words) -> ResultState:
    """Return the conclusion with the quantities that belong to the whole car."""
    outcome = visit.conclusion or Outcome.NOT_JUDGED
    title = words("ui.conclusion.of_car", plate=visit.vehicle.plate, outcome=words.name(outcome))
    cards = tuple(card_state(card, words, explain=True) for card in _whole_cards(visit))
    # the quantity of the whole car may be good while an axle is not: the card alone would mislead
    facts = tuple(
        PairState(words.name(item.outcome), words.item(item.kind, item.axle))
        for item in _held(visit)
        if item.outcome is not None
    )
    return ResultState(title, cards, facts, words("ui.conclusion.all_items"))


def _held(visit: VisitView) -> list[ItemView]:
    """Return the items that keep the car from passing."""
    items = visit.attempts[-1].items if visit.attempts else ()
    return [item for item in items if item.cards and item.outcome is not Outcome.PASS]


def _whole_cards(visit: VisitView) -> list[VerdictCard]:
    return [card for card in visit.conclusion_cards if card.item == WHOLE]


def _facts(item: ItemView, words: Words) -> tuple[PairState, ...]:
    pairs: list[PairState] = []
    weighing, run = item.weighing, item.service_brake
    if weighing is not None:
        pairs.append(PairState(words("ui.result.left_wheel"), f"{figure(weighing.left_kg)} kg"))
        pairs.append(PairState(words("ui.result.right_wheel"), f"{figure(weighing.right_kg)} kg"))
    if run is not None:
        drag = f"{figure(run.drag_left_daN)} / {figure(run.drag_right_daN)} daN"
        load = f"{figure(run.left_kg)} / {figure(run.right_kg)} kg"
        pairs.append(PairState(words("ui.result.loads"), load))
        pairs.append(PairState(words("ui.result.drag"), drag))
        pairs.append(PairState(words("ui.result.stop_reason"), words.name(run.stop_reason)))
    if item.two_speed_idle is not None:
        made = item.two_speed_idle.preparation
        pairs.append(PairState(words("ui.exhaust.residue"), f"{figure(made.residue_hc_ppm)} {behind(Unit.PPM)}"))
        pairs.append(PairState(words("ui.exhaust.leak_checked"), short_time(made.leak_checked_at)))
    if item.parking_brake is not None:
        pairs.append(PairState(words("ui.result.stop_reason"), words.name(item.parking_brake.stop_reason)))
    if item.effort is not None and item.effort.samples:
        samples = words("ui.result.samples_of", samples=item.effort.samples, lost=item.effort.lost_samples)
        pairs.append(PairState(words("ui.result.samples"), samples))
    return tuple(pairs)


def tile_state(device: DeviceView, words: Words, *, is_up: bool = True) -> TileState:
    """Return an instrument's tile; a problem comes with cause, evidence and next step.

    While the lane's process does not answer (`is_up` False), nobody knows how its instruments are.
    """
    title = words.device_kind(device.device_kind)
    place = f"{device.driver} · {device.port}"
    if not is_up:
        return TileState(device.device, title, place, Tone.OFF, "cloud-off", words("ui.device.unknown"))
    if device.problem is None:
        detail = f"{place} · {device.identity}" if device.identity else place
        return TileState(device.device, title, detail, Tone.GOOD, "plug-zap", words("ui.device.well"))
    cause, evidence, next_step = words.lines(device.problem)
    since = words("ui.device.since", time=short_time(device.since))
    return TileState(
        device.device,
        title,
        f"{place} · {since}",
        Tone.BAD,
        "unplug",
        words("ui.device.lost"),
        cause,
        evidence,
        next_step,
    )
