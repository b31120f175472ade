"""What can go wrong in a lane beside its instruments."""

from __future__ import annotations

from typing import ClassVar

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.lanes.parts import BENCH, EMISSION, SCALE


class StepError(CarcheckError):
    """A step could not measure; nothing of it is judged and it may be repeated."""


class TwoClaimsError(StepError):
    """A position that still belongs to one car is claimed by another; a person must look."""

    CODES: ClassVar = {
        SCALE: "lanes.two_claims_scale",
        BENCH: "lanes.two_claims_bench",
        EMISSION: "lanes.two_claims_emission",
    }

    def __init__(self, position: str, held_by: str, claimed_by: str) -> None:
        self.position = position
        super().__init__(self.CODES[position], held_by=held_by, claimed_by=claimed_by)


class SupersededError(Exception):
    """The way to the next item is left because a person asked to repeat an earlier one."""
