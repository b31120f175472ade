"""Who outside the station is asked, as the desk asks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from carcheck_desktop.domain.insurance import Policy
from carcheck_desktop.domain.intake import AuthorityVehicle
from carcheck_desktop.domain.payment import ProviderTold
from carcheck_desktop.domain.vehicle import PlateKind, Vehicle


class VehicleLookup(Protocol):
    """The traffic authority as the desk asks it."""

    @property
    def source(self) -> str:
        """Who is asked, for the journal: the name of the profile."""
        ...

    async def look_up(self, plate: str, plate_kind: PlateKind, vin_tail: str) -> AuthorityVehicle | None:
        """Return what the authority has of this vehicle; None when it does not know it.

        Raises an error of the house that says what happened instead of an answer. Whoever asks waits no longer
        than he likes and cancels; `vin_tail` is "" when nobody gave it.
        """
        ...


class PaymentProvider(Protocol):
    """Who takes money by a customer's payment code; every number of ours is used once there.

    Each call raises an error of the house when no answer came that can be understood; `NotReachedError` of the gateways
    is the only one after which nothing can have happened.
    """

    @property
    def name(self) -> str:
        """Who is asked, for the record."""
        ...

    def is_unreached(self, error: Exception) -> bool:
        """Say whether nothing of the question that failed this way came to the provider."""
        ...

    async def pay(self, order: str, amount_fen: int, code: str) -> ProviderTold:
        """Ask once for money under our order number; a number that was used before is refused there."""
        ...

    async def query(self, order: str) -> ProviderTold:
        """Ask what became of an order."""
        ...

    async def close_order(self, order: str) -> ProviderTold:
        """Close an order for good, known there or not; a paid one stays paid and says so."""
        ...

    async def refund(self, order: str, refund: str, amount_fen: int) -> ProviderTold:
        """Give money of an order back; the same refund number again is the same refund."""
        ...

    async def query_refund(self, order: str, refund: str) -> ProviderTold:
        """Ask what became of a refund."""
        ...

    async def close(self) -> None:
        """Ask no more."""
        ...


@dataclass(frozen=True, slots=True)
class InsurerAnswer:
    """Every confirmed policy of one vehicle, past, present and to come; `simulated` is the answer's own word."""

    policies: tuple[Policy, ...]
    simulated: bool


class Insurer(Protocol):
    """The insurers' register as the service asks it."""

    @property
    def source(self) -> str:
        """Who is asked: the name of the profile."""
        ...

    async def policies(self, vehicle: Vehicle) -> InsurerAnswer:
        """Return what is known of a vehicle; raises an error of the house that says what happened instead."""
        ...

    async def close(self) -> None:
        """Stop asking in the background."""
        ...
