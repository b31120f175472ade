"""Who works at a training station beside clerk and controller: each person gets a door and a work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.twin.day import Office
from carcheck_desktop.twin.office import Cashier, PickupClerk, Signer
from carcheck_desktop.twin.owners import Owners
from carcheck_desktop.twin.yard import Guide, LaneDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.twin.day import Person
    from carcheck_desktop.twin.owners import Hands


class Names(Protocol):
    """Who there is; all with one PIN."""

    @property
    def pin(self) -> str:
        """The PIN of each."""
        ...

    @property
    def signer(self) -> str:
        """The authorised signer."""
        ...

    @property
    def pickup(self) -> str:
        """The clerk at pickup."""
        ...

    @property
    def guide(self) -> str:
        """The guide at the gate."""
        ...

    @property
    def drivers(self) -> tuple[str, ...]:
        """The lane drivers."""
        ...


def office_of(names: Names, person: Callable[[str, str], Person], hands: Hands, seed: int) -> Office:
    """Return everybody of these names at work; `person` gives each a door."""
    return Office(
        cashier=Cashier(hands, seed),
        owners=Owners(hands),
        guide=(person(names.guide, names.pin), Guide(names.guide)),
        workers=(
            (person(names.pickup, names.pin), PickupClerk(hands)),
            (person(names.signer, names.pin), Signer(names.signer, names.pin)),
            *((person(name, names.pin), LaneDriver(name)) for name in names.drivers),
        ),
        drivers=frozenset(names.drivers),
    )
