"""Situations of the control window while a car's exhaust is tested, and what came of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.exhaust import ExhaustRecord, IdleEnd, IdlePhase, TwoSpeedIdleRun
from carcheck_desktop.domain.live import LiveReading, LiveSamples
from carcheck_desktop.domain.measurements import Effort, InstrumentUsed, Origin
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem, Purpose, worst
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.ui.control.state import Mode
from tests.standards.emission.runs import CLEAN_HIGH, CLEAN_IDLE, DEMAND, EMISSION, ON, changed, clean, run_of
from tests.ui.scripted import EDITION, PLAN, Script, vehicle

if TYPE_CHECKING:
    from carcheck_desktop.ui.control.window import ControlWindow

VISIT, PLATE, RUN = "v1", "粤B39C71", "r-v1-DB"
EXHAUST = PlannedItem(
    "DB", ItemKind.TWO_SPEED_IDLE, 0, Message("standards.emission.traction_control"), (Purpose.EMISSION,)
)
WHOLE_PLAN = (EXHAUST, *PLAN)
SMOKY = CLEAN_HIGH | {"co": "1.62", "hc": 152, "co2": "13.3", "o2": "0.3"}


def second(script: Script, number: int, phase: IdlePhase, left_s: int, **values: float) -> None:
    """Show one second as the lane does."""
    shown = {"co_percent": 0.04, "co2_percent": 14.9, "hc_ppm": 11.0, "o2_percent": 0.3, "lambda": 1.01, "oil_C": 92.0}
    shown |= values | {"phase": float(list(IdlePhase).index(phase)), "left_s": float(left_s)}
    readings = tuple(LiveReading("gas", name, value, "", "good", Origin.SIMULATOR) for name, value in shown.items())
    script.lanes["1"].mailbox.put_sample("1", LiveSamples("1", 100.0 + number, None, readings))


def on_lane(language: str) -> tuple[ControlWindow, Script]:
    """Return a window whose first lane has just begun with a car's exhaust."""
    from tests.ui import scenes

    window, script = scenes.connected(language)
    script.tell(f.DeviceAttached("1", "gas", "GasAnalyser", "nanhua_nha50x", "/dev/ttyS6", "NHA-503V"), "1", "lane")
    script.tell(f.VisitOpened(VISIT, vehicle(PLATE), InspectionKind.IN_USE, WHOLE_PLAN, EDITION, "ab" * 32))
    script.opened("v2", "湘A7Q20K")
    script.tell(
        f.AttemptStarted("a-v1", VISIT, "1", 1, vehicle(PLATE), InspectionKind.IN_USE, WHOLE_PLAN, EDITION, "ab" * 32),
        "1",
    )
    script.tell(f.OccupancyTaken("o-v1", "1", "emission", VISIT, ()), "1")
    script.tell(f.ItemStarted(RUN, VISIT, "a-v1", "o-v1", "1", "DB", ItemKind.TWO_SPEED_IDLE, 0, None, DEMAND), "1")
    return window, script


def asks(script: Script, expects: str, code: str, **params: int) -> None:
    script.tell(f.PromptShown("p", VISIT, "1", expects, 0, 0.0, Message(code, dict(params))), "1")


def preparing(language: str) -> ControlWindow:
    window, script = on_lane(language)
    asks(script, "probe_closed", "lanes.prompt.probe_closed")
    return window


def sampling(language: str) -> ControlWindow:
    window, script = on_lane(language)
    asks(script, "rev_high", "lanes.prompt.rev_high", low=2300, high=2700)
    _drive(window, script, 38, IdlePhase.HIGH_SAMPLE, 12)
    return window


def idling_smoky(language: str) -> ControlWindow:
    window, script = on_lane(language)
    asks(script, "rev_idle", "lanes.prompt.rev_idle")
    _drive(window, script, 60, IdlePhase.IDLE_SAMPLE, 22, co_percent=1.64, hc_ppm=221.0, co2_percent=13.2)
    return window


def alone(language: str) -> ControlWindow:
    window = sampling(language)
    window._pump.once()
    window.presenter.choice.choose_mode(Mode.FULL)
    return window


def _drive(window: ControlWindow, script: Script, count: int, phase: IdlePhase, left_s: int, **values: float) -> None:
    """Let the lane show `count` seconds of an engine that is brought to its speed; the last in `phase`."""
    wanted = DEMAND.of(phase)
    rpm = ((wanted.low_rpm or 0) + (wanted.high_rpm or 0)) / 2
    for number in range(count):
        speed = 800 + (rpm - 800) * (1 - math.exp(-number / 3)) + 12 * math.sin(number)
        second(script, number, phase, left_s, rpm=speed, **values)
        window._pump.once()


def done(script: Script, run: TwoSpeedIdleRun, record: ExhaustRecord) -> None:
    cards = judge_two_speed_idle(EMISSION, ON, run, record)
    used = (InstrumentUsed("gas", "nanhua_nha50x", "1.0", "/dev/ttyS6"),)
    effort = Effort(170, 0, 3740, Decimal("238.5"), {"high_sample": Decimal("30.0"), "idle_sample": Decimal("30.0")})
    script.tell(
        f.ItemFinished(
            RUN, VISIT, "a-v1", "o-v1", "1", "DB", ItemKind.TWO_SPEED_IDLE, 0, cards, worst([each.outcome for each in cards]),
            Origin.SIMULATOR, used, effort, two_speed_idle=run,
        ),
        "1",
        "lane",
    )  # fmt: skip


def failed(language: str) -> ControlWindow:
    window, script = on_lane(language)
    _drive(window, script, 60, IdlePhase.IDLE_SAMPLE, 1, co_percent=1.64, hc_ppm=221.0, co2_percent=13.2)
    done(script, *run_of([SMOKY] * 30, [CLEAN_IDLE | {"co": "1.64", "hc": 221, "co2": "13.2"}] * 30))
    return window


def diluted(language: str) -> ControlWindow:
    window, script = on_lane(language)
    run, record = clean()
    done(script, replace(run, end=IdleEnd.DILUTED), changed(record, 40, co2_percent=Decimal("4.2")))
    return window


EXHAUSTS: dict[str, Callable[[str], ControlWindow]] = {
    "exhaust_preparing": preparing,
    "exhaust_sampling": sampling,
    "exhaust_smoky": idling_smoky,
    "exhaust_alone": alone,
    "exhaust_failed": failed,
    "exhaust_diluted": diluted,
}
