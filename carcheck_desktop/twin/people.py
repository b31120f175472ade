"""The people of a training station: they read the link like everyone and act in the virtual world.

The driver knows only the prompts that the lane shows; the controller (and the clerk of `twin.clerk`) send the same
commands that the windows send.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.domain.commands import ResumeAttempt, StartAttempt
from carcheck_desktop.domain.turns import visits_in_turn
from carcheck_desktop.domain.verdicts import DEVICE_OF
from carcheck_desktop.domain.views import AttemptState, LaneView, VisitView, plan_now
from carcheck_desktop.twin.car import Actuation

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Message
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import PromptView
    from carcheck_desktop.twin.car import Car
    from carcheck_desktop.twin.world import VirtualWorld

log = logging.getLogger(__name__)

REACTION_S = 2.0
"""What a practised driver takes to begin to press after the prompt."""
DRIVE_S = 4.0
"""From the prompt until an axle stands on the next position."""
PEDAL_RAMP_S = 3.0
LEVER_RAMP_S = 2.5
PROBE_S = 6.0
"""From the prompt until the probe is in the pipe, or out of it."""
HIGH_IDLE_RPM = 2500.0
AT_ANALYSER = frozenset(
    (
        "at_emission", "probe_closed", "probe_free", "warm_up", "rev_fast", "rev_high", "rev_idle", "probe_in", "probe_out",
        "start_engine",
    )
)  # fmt: skip


@dataclass
class VirtualDriver:
    """Sits in the car and does what the prompts of one lane ask for, a human moment later."""

    lane: str
    world: VirtualWorld
    answered: str = ""

    def see(self, prompt: PromptView | None) -> None:
        """Look at the prompt; each is acted on once."""
        if prompt is None or prompt.prompt_id == self.answered:
            return
        self.answered = prompt.prompt_id
        self.act(prompt.expects, prompt.axle, prompt.due_s, prompt.message)

    def act(self, expects: str, axle: int, due_s: float, message: Message | None = None) -> None:
        """Do what is asked, timed from the moment the lane asked; `message` says how fast the engine shall turn."""
        if expects in AT_ANALYSER:
            self._at_analyser(expects, due_s, message)
            return
        if expects == "axle_on_scale":
            self.world.drive_onto(self.lane, "scale", axle, due_s + DRIVE_S)
        elif expects == "axle_on_bench":
            self.world.drive_onto(self.lane, "bench", axle, due_s + DRIVE_S)
        elif expects == "pedal":
            self.world.press_pedal(self.lane, Actuation(due_s + REACTION_S, PEDAL_RAMP_S))
        elif expects == "parking_lever":
            self.world.pull_lever(self.lane, Actuation(due_s + REACTION_S, LEVER_RAMP_S))
        elif expects == "release":
            self.world.release(self.lane, due_s + 0.5)
        elif expects == "driven_off":
            self.world.leave(self.lane, due_s + DRIVE_S)
        else:
            log.warning("the virtual driver of lane %s does not know %r", self.lane, expects)

    def _at_analyser(self, expects: str, due_s: float, message: Message | None) -> None:
        """Do what is asked around the tail pipe; closing the probe and opening it again moves nothing of the car."""
        lane, foot_s = self.lane, due_s + REACTION_S
        if expects == "at_emission":
            self.world.drive_onto(lane, "emission", 0, due_s + DRIVE_S)
        elif expects in ("warm_up", "rev_fast", "rev_high"):
            self.world.rev(lane, foot_s, _wanted_rpm(message) or HIGH_IDLE_RPM)
        elif expects in ("rev_idle", "probe_in"):
            self.world.rev(lane, foot_s, None)
        if expects in ("probe_in", "probe_out"):
            self.world.put_probe(lane, due_s + PROBE_S, into_pipe=expects == "probe_in")


def _wanted_rpm(message: Message | None) -> float | None:
    """Return the middle of the band that a prompt asks for."""
    if message is None or not {"low", "high"} <= message.params.keys():
        return None
    return (float(message.params["low"]) + float(message.params["high"])) / 2


@dataclass
class VirtualController:
    """Takes waiting visits onto free lanes that can do all they are asked for, and resumes what was interrupted."""

    lanes: tuple[str, ...]
    sent: set[str] = field(default_factory=set)

    def next_command(self, visits: tuple[VisitView, ...], views: dict[str, LaneView]) -> Command | None:
        """Return what to command now, if anything."""
        for lane in self.lanes:
            view = views.get(lane)
            if view is None or view.stopped or any(device.problem for device in view.devices):
                continue
            attempt = view.attempt
            if attempt is not None and attempt.state is AttemptState.INTERRUPTED:
                return ResumeAttempt(lane, attempt.attempt_id)
            is_free = attempt is None or attempt.state in (
                AttemptState.COMPLETE,
                AttemptState.ABORTED,
            )
            waiting = visits_in_turn(visit for visit in visits if can_do(view, visit))
            if is_free and waiting and view.occupied_by is None:
                return StartAttempt(lane, waiting[0].visit_id)
        return None


def can_do(lane: LaneView, visit: VisitView) -> bool:
    """Say whether a lane has the instruments for everything that a visit is asked for; yes while it told of none."""
    kinds = {device.device_kind for device in lane.devices}
    return not kinds or all(DEVICE_OF[item.kind] in kinds for item in plan_now(visit))


@dataclass
class Greeter:
    """Lets the right car queue when a lane takes its visit, whenever it learns of it."""

    world: VirtualWorld
    cars: dict[str, Car]
    makes: Callable[[Vehicle], Car] | None = None
    """What stands behind the wheel of a vehicle that the scenario has not got; None: nothing comes then."""

    def see(self, lane: LaneView) -> None:
        """Put the car of the lane's attempt into the world unless it is there."""
        if lane.attempt is None:
            return
        plate = lane.attempt.vehicle.plate
        here = self.world.car_in(lane.lane)
        if plate not in self.cars and self.makes is not None:
            self.cars[plate] = self.makes(lane.attempt.vehicle)
        car = self.cars.get(plate)
        if car is not None and here != car:
            self.world.enter(lane.lane, car)
