"""Compulsory insurance (交强险) of a visit: the policy that was seen, by whom, and whether it is good on a day; pure.

A policy is good from its first through its last day. Which policy a centre sends is its gateway's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from carcheck_desktop.base.messages import Problem

SHOWN_DIGITS = 4


class PolicyOrigin(StrEnum):
    """Who says that there is this policy."""

    INSURER = "insurer"
    TYPED = "typed"
    """A clerk saw the paper: the insurer was not heard."""


class VehicleTax(StrEnum):
    """What the insurer says of the vehicle tax (车船税), `ccsnsqk` of the enquiry 18C23."""

    UNKNOWN = "unknown"
    PAID = "paid"
    EXEMPT = "exempt"
    REDUCED = "reduced"
    REFUSED = "refused"


class InsuranceState(StrEnum):
    """How a visit stands with its insurance on a day."""

    UNKNOWN = "unknown"
    """Nobody has answered yet."""
    NONE = "none"
    """The insurer knows no policy that is good or will be."""
    LATER = "later"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy; `number` is masked in views and whole in the facts that report it. Both days are inside it."""

    number: str
    insurer: str
    valid_from: date
    valid_until: date
    tax: VehicleTax = VehicleTax.UNKNOWN


@dataclass(frozen=True, slots=True)
class InsuranceView:
    """What is known of a visit's insurance.

    `since` is when this was first known, `problem` why the insurer was not heard the last time he was asked (None
    when he was), `hinted_until` what the traffic police has on record: evidence that never frees anything.
    """

    policy: Policy | None = None
    origin: PolicyOrigin = PolicyOrigin.INSURER
    source: str = ""
    simulated: bool = False
    declared_by: str = ""
    answered_at: datetime | None = None
    problem: Problem | None = None
    since: datetime | None = None
    hinted_until: date | None = None


NOT_INSURED_YET = InsuranceView()


def insurance_state(view: InsuranceView, day: date) -> InsuranceState:
    """Return how a visit stands with its insurance on a day."""
    if view.policy is None:
        return InsuranceState.UNKNOWN if view.answered_at is None else InsuranceState.NONE
    if day < view.policy.valid_from:
        return InsuranceState.LATER
    return InsuranceState.VALID if day <= view.policy.valid_until else InsuranceState.NONE


def best_policy(policies: tuple[Policy, ...], day: date) -> Policy | None:
    """Return the policy that counts: one that is good on the day, else the next to begin, else the last that ended."""
    good = [each for each in policies if each.valid_from <= day <= each.valid_until]
    if good:
        return max(good, key=lambda each: (each.valid_until, each.number))
    later = [each for each in policies if each.valid_from > day]
    if later:
        return min(later, key=lambda each: (each.valid_from, each.number))
    return max(policies, key=lambda each: (each.valid_until, each.number), default=None)


def masked_policy(number: str) -> str:
    """Return a policy number as people see it: its last digits."""
    return "•••" + number[-SHOWN_DIGITS:] if len(number) > SHOWN_DIGITS else "•••"
