"""The choice of the method as a measurement of a record: the method, and how the vehicle is to be tested."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, not_judged
from carcheck_desktop.standards.emission.method import Fitness, emission_method

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

METHOD_ITEM = "method"


@dataclass(frozen=True, slots=True)
class MethodQuestion:
    """Which method of exhaust test the vehicle is asked for; nothing is measured and nothing judged.

    The answer is in the card's inputs: `method` (`two_speed_idle`, `asm`, `vmas`, `transient`, `free_acceleration`, `lugdown`,
    `no_exhaust_test`, `other_standard` for motorcycles and three-wheeled or low-speed goods vehicles, `unknown`), `fuels` (of a
    bi-fuel vehicle each is tested) and `hybrid` (tested with the engine running); its reason is the card's. The vehicle needs `fuel` and, for
    petrol and gas, `total_mass_kg`; `drive` and `has_traction_control_always_on` make the answer certain. `fit_for_dynamometer`
    and `lugdown_possible`: what was found at the vehicle itself.
    """

    fit_for_dynamometer: bool | None = None
    lugdown_possible: bool | None = None


def answer_method(case: Case, question: MethodQuestion) -> Judgement:
    """Return the method on a card that no conclusion rests on; raise `DataError` naming the fact that is missing."""
    found = emission_method(case, Fitness(question.fit_for_dynamometer, question.lugdown_possible))
    inputs = {
        "method": found.method.value,
        "fuels": ", ".join(fuel.value for fuel in found.fuels) or "-",
        "hybrid": "yes" if found.is_hybrid else "no",
        "simple_driving_mode": case.choice("simple_driving_mode"),
    }
    card = not_judged(case, Subject(METHOD_ITEM, Quantity.EMISSION_METHOD, None, inputs), found.reason)
    return Judgement((replace(card, confidence=found.confidence, counts=False),))
