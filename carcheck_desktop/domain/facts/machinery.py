"""Facts of a lane's machinery: stopped, released, instruments come and gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class LaneStopped(Fact):
    """All machinery of a lane was commanded to stop; who asked is the entry's actor."""

    kind: ClassVar[str] = "lane_stopped"
    lane: str
    node: str
    reason: Message

    @property
    def subject(self) -> str:
        """The lane."""
        return self.lane


@dataclass(frozen=True, slots=True)
class StopReleased(Fact):
    """A person allowed the lane to move again."""

    kind: ClassVar[str] = "stop_released"
    lane: str

    @property
    def subject(self) -> str:
        """The lane."""
        return self.lane


@dataclass(frozen=True, slots=True)
class DeviceAttached(Fact):
    """A device of the lane answers and is who it should be."""

    kind: ClassVar[str] = "device_attached"
    lane: str
    device: str
    device_kind: str
    driver: str
    port: str
    identity: str

    @property
    def subject(self) -> str:
        """The device."""
        return self.device


@dataclass(frozen=True, slots=True)
class DeviceLost(Fact):
    """A device of the lane does not answer as it should; the diagnosis says which of six causes."""

    kind: ClassVar[str] = "device_lost"
    lane: str
    device: str
    device_kind: str
    driver: str
    port: str
    diagnosis: Problem

    @property
    def subject(self) -> str:
        """The device."""
        return self.device
