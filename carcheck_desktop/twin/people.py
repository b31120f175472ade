"""The people of a training station: they read the link like everyone and act in the virtual world.

The driver knows only the prompts that the lane shows; the controller (and the clerk of `twin.clerk`) send the same
commands that the windows send.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.domain.commands import ResumeAttempt, StartAttempt
from carcheck_desktop.domain.views import AttemptState, LaneView, Stage, VisitView, stage
from carcheck_desktop.twin.car import Actuation

if TYPE_CHECKING:
    from carcheck_desktop.domain.commands import Command
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
        self.act(prompt.expects, prompt.axle, prompt.due_s)

    def act(self, expects: str, axle: int, due_s: float) -> None:
        """Do what is asked, timed from the moment the lane asked."""
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


@dataclass
class VirtualController:
    """Takes waiting visits onto free lanes in order, and resumes what was interrupted."""

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
            waiting = [visit for visit in visits if stage(visit) is Stage.WAITING]
            if is_free and waiting and view.occupied_by is None:
                first = min(waiting, key=lambda visit: visit.opened_at)
                return StartAttempt(lane, first.visit_id)
        return None


@dataclass
class Greeter:
    """Lets the right car queue when a lane takes its visit, whenever it learns of it."""

    world: VirtualWorld
    cars: dict[str, Car]

    def see(self, lane: LaneView) -> None:
        """Put the car of the lane's attempt into the world unless it is there."""
        if lane.attempt is None:
            return
        plate = lane.attempt.vehicle.plate
        here = self.world.car_in(lane.lane)
        car = self.cars.get(plate)
        if car is not None and (here is None or here.plate != plate):
            self.world.enter(lane.lane, car)
