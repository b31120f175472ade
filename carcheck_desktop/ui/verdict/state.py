"""What the sheet of a verdict shows, as one frozen state; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.charts.states import PlotState
    from carcheck_desktop.ui.widgets.data.states import CardState, PairState
    from carcheck_desktop.ui.widgets.forms.states import ChoiceState
    from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState


@dataclass(frozen=True, slots=True)
class SideState:
    """One card under one edition: which that is, and the card, or why there is none."""

    caption: str
    card: CardState | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SectionState:
    """A derivation: its title, its lines, and where the limit comes from."""

    title: str
    lines: tuple[str, ...]
    grounds: tuple[PairState, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictState:
    """The whole sheet; while `place` stands there is nothing else to show.

    `other` is the same quantity under the edition that was chosen beside; `plot` is None where nothing was recorded over
    time.
    """

    headline: str
    simulated: str = ""
    place: PlaceState | None = None
    banner: BannerState | None = None
    quantities: ChoiceState | None = None
    editions: ChoiceState | None = None
    recorded: SideState | None = None
    other: SideState | None = None
    plot: PlotState | None = None
    sections: tuple[SectionState, ...] = ()
