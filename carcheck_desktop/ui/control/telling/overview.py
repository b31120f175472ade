"""All lanes at a glance: one panel a lane with everything that a controller asks of it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.ui.control.state import NO_PATH, PanelState
from carcheck_desktop.ui.control.telling.lanes import (
    Shown,
    curve_state,
    danger_of,
    lane_stand,
    open_attempt,
    path_of,
    plate_of,
    prompt_state,
    running_item,
)
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.charts.states import CurveState
from carcheck_desktop.ui.widgets.notices.states import PromptState

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import AttemptView, ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.words import Words

MOST_NUMBERS = 9


def panel_state(shown: Shown, place: int, words: Words, *, is_chosen: bool) -> PanelState:
    """Return a lane's panel; `place` counts from 0 in the order of the lanes."""
    view = shown.view
    attempt = open_attempt(view)
    icon, tone, word, _ = lane_stand(view, attempt, words)
    trouble, trouble_tone = _trouble(view, attempt, words)
    if not shown.is_up:
        icon, tone, word = "cloud-off", Tone.OFF, words("ui.lane.away")
        trouble = ""
    elif tone is Tone.RUNNING:
        word = words("ui.panel.running", progress=word)
    return PanelState(
        lane=view.lane,
        number=_number(place),
        name=words.lane(view.lane),
        tone=tone,
        icon=icon,
        word=word,
        plate=plate_of(attempt.vehicle) if attempt is not None else None,
        path=path_of(view, words, is_up=shown.is_up),
        prompt=prompt_state(shown, attempt, words),
        trouble=trouble,
        trouble_tone=trouble_tone,
        hint=_hint(shown, attempt, words),
        curve=curve_state(item_of_curve(view), words),
        is_chosen=is_chosen,
    )


def silent_panel(lane: str, place: int, why: str, words: Words, *, is_chosen: bool) -> PanelState:
    """Return the panel of a lane that has not told anything yet."""
    empty = CurveState("", words("ui.curve.title"), None, is_running=False, empty=words("ui.lane.away_detail"))
    prompt = PromptState(Tone.CAUTION, "cloud-off", words("ui.no_lane.away", lane=lane), why)
    hint = words("ui.hint.away")
    return PanelState(
        lane, _number(place), words.lane(lane), Tone.OFF, "cloud-off", words("ui.lane.away"), None, NO_PATH, prompt,
        "", Tone.OFF, hint, empty, is_chosen,
    )  # fmt: skip


def _number(place: int) -> str:
    return str(place + 1) if place < MOST_NUMBERS else ""


def item_of_curve(view: LaneView) -> ItemView | None:
    """Return the item whose curve a lane's panel draws: the running one, else the newest that was measured."""
    attempt = open_attempt(view)
    if attempt is None:
        return None
    ended = [item for item in attempt.items if item.finished_at is not None]
    newest = max(ended, key=lambda item: (item.finished_at is not None, item.finished_at), default=None)
    return running_item(attempt, view) or newest


def _trouble(view: LaneView, attempt: AttemptView | None, words: Words) -> tuple[str, Tone]:
    """Return what is wrong beside what the prompt says already."""
    lost = [device for device in view.devices if device.problem is not None]
    if danger_of(view) is not None:
        return "", Tone.NEUTRAL
    if view.stopped:
        return words.message(Message("ui.lane.stopped_by", {"actor": view.stopped_by or ""})), Tone.BAD
    if attempt is not None and attempt.problem is not None:
        return words.message(attempt.problem.cause), Tone.CAUTION
    problem = lost[0].problem if lost else None
    if problem is None:
        return "", Tone.NEUTRAL
    kind = words.device_kind(lost[0].device_kind)
    return words("ui.panel.lost", device=kind, cause=words.message(problem.cause)), Tone.BAD


def _hint(shown: Shown, attempt: AttemptView | None, words: Words) -> str:
    """Say what comes next and whose turn it is."""
    view = shown.view
    is_held = attempt is not None and attempt.state is AttemptState.INTERRUPTED
    by_order = (
        (not shown.is_up, "ui.hint.away"),
        (danger_of(view) is not None, "ui.hint.alarm"),
        (view.stopped, "ui.hint.release"),
        (is_held, "ui.hint.resume"),
        (attempt is not None, "ui.hint.driver"),
        (view.prompt is not None, "ui.hint.leaving"),
    )
    code = next((code for applies, code in by_order if applies), "")
    return words(code) if code else _next_car(shown.visit, words)


def _next_car(visit: VisitView | None, words: Words) -> str:
    return words("ui.hint.start", plate=visit.vehicle.plate) if visit is not None else words("ui.hint.open_visit")
