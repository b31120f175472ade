"""What every two-speed idle test comes to: means of both samples, excess air of the high idle, five cards.

The test of a lane and that of a record come here with seconds that are known to count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.emission.cards import TWO_SPEED_IDLE_ITEM, Result, exhaust_card, limit_of
from carcheck_desktop.standards.emission.formulas.excess_air import Mixture, coefficients, excess_air
from carcheck_desktop.standards.emission.formulas.figures import listed, mean, out_of_range, shown
from carcheck_desktop.standards.loading.edition import Bound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.cards import Doubt
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
    from carcheck_desktop.standards.loading.edition import Limit

MAKER = "maker"
"""What stands as the standard of a range that the maker has declared for the car."""


class GasSecond(Protocol):
    """What one second of a sample must have: dry gases in percent, HC in 10⁻⁶ of n-hexane."""

    @property
    def co_percent(self) -> Decimal:
        """CO."""
        ...

    @property
    def co2_percent(self) -> Decimal:
        """CO2."""
        ...

    @property
    def hc_ppm(self) -> Decimal:
        """HC."""
        ...

    @property
    def o2_percent(self) -> Decimal:
        """O2."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds that count of one speed at one pipe; `first` is the number of the first of them in its record, from 1."""

    seconds: Sequence[GasSecond]
    first: int


@dataclass(frozen=True, slots=True)
class Pipe:
    """Both samples at one tail pipe."""

    high: Sample
    low: Sample


@dataclass(frozen=True, slots=True)
class MakerRange:
    """The excess air that the maker has declared for the car at high idle."""

    low: Decimal
    high: Decimal


def judge_pipes(
    case: Case,
    fuel: ExhaustFuel,
    pipes: Sequence[Pipe],
    maker: MakerRange | None = None,
    idle_doubts: tuple[Doubt, ...] = (),
) -> tuple[VerdictCard, ...]:
    """Return the cards of CO, HC and excess air at high idle, CO and HC at idle; of several pipes the arithmetic mean."""
    high, low = [pipe.high for pipe in pipes], [pipe.low for pipe in pipes]
    results = (
        _mean(Quantity.HIGH_IDLE_CO, high), _mean(Quantity.HIGH_IDLE_HC, high),
        _excess_air(case, fuel, high, maker),
        *(replace(_mean(quantity, low), doubts=idle_doubts) for quantity in (Quantity.IDLE_CO, Quantity.IDLE_HC)),
    )  # fmt: skip
    return tuple(exhaust_card(case, fuel, result) for result in results)


def maker_limit(limit: Limit, maker: MakerRange) -> Limit:
    """Return the limit of excess air with the maker's range in it; raise `DataError` for a range that is none."""
    if not 0 < maker.low < maker.high:
        raise out_of_range("maker_lambda_low", maker.low, f"0 < low < {maker.high}")
    ground = replace(limit.ground, standard=MAKER, clause="", sources=(MAKER,), confidence=Confidence.SOURCED, note="")
    return replace(limit, bound=Bound.BETWEEN, figures=(maker.low, maker.high), ground=ground)


def _excess_air(case: Case, fuel: ExhaustFuel, samples: Sequence[Sample], maker: MakerRange | None) -> Result:
    constants = coefficients(case.edition, case.on, fuel)
    mixtures = [_mixture(sample) for sample in samples]
    of_pipes = [excess_air(mixture, constants) for mixture in mixtures]
    limit = None if maker is None else maker_limit(limit_of(case, Quantity.HIGH_IDLE_LAMBDA), maker)
    inputs = _span(samples) | mixtures[0].inputs | constants.inputs
    for number, (mixture, value) in enumerate(zip(mixtures, of_pipes, strict=True), 1) if len(samples) > 1 else ():
        inputs |= {f"pipe{number}_{name}": text for name, text in mixture.inputs.items()}
        inputs[f"pipe{number}_lambda"] = shown(value)
    return Result(TWO_SPEED_IDLE_ITEM, Quantity.HIGH_IDLE_LAMBDA, mean(of_pipes), inputs, limit=limit)


def _mean(quantity: Quantity, samples: Sequence[Sample]) -> Result:
    is_co = quantity in (Quantity.HIGH_IDLE_CO, Quantity.IDLE_CO)
    unit = "percent" if is_co else "ppm"
    inputs, of_pipes = _span(samples), []
    for number, sample in enumerate(samples, 1):
        values = [each.co_percent if is_co else each.hc_ppm for each in sample.seconds]
        of_pipes.append(mean(values))
        inputs[f"values_{unit}" if len(samples) == 1 else f"pipe{number}_values_{unit}"] = listed(values)
    return Result(TWO_SPEED_IDLE_ITEM, quantity, mean(of_pipes), inputs)


def _span(samples: Sequence[Sample]) -> dict[str, str]:
    inputs = {"seconds": str(len(samples[0].seconds)), "from": str(samples[0].first)}
    return inputs if len(samples) == 1 else inputs | {"pipes": str(len(samples))}


def _mixture(sample: Sample) -> Mixture:
    seconds = sample.seconds
    return Mixture(
        co=mean(each.co_percent for each in seconds),
        co2=mean(each.co2_percent for each in seconds),
        o2=mean(each.o2_percent for each in seconds),
        hc=mean(each.hc_ppm for each in seconds),
    )
