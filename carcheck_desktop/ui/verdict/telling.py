"""What the service told of a verdict, as the sheet shows it; pure, nothing is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import NOTHING, date_text
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.verdict.cards import card_state
from carcheck_desktop.ui.verdict.drawing import plot_of
from carcheck_desktop.ui.verdict.state import SectionState, SideState, VerdictState
from carcheck_desktop.ui.widgets.data.states import PairState
from carcheck_desktop.ui.widgets.forms.states import ActionState, ChoiceOption, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.explained import ExplainedCard, UnderEdition, VerdictView
    from carcheck_desktop.ui.bridge.words import Words

NONE = "none"
"""The choice of no edition beside the recorded one."""
AGAIN = "again"
MOST_DIFFERENCES = 4
SIGNS_OF_A_HASH = 12
GROUNDS = frozenset((
    "standards.explain.source", "standards.explain.single_source", "standards.explain.recalled",
    "standards.explain.disputed",
))  # fmt: skip
"""Lines of a derivation that the sheet says as pairs below it."""


def loading(headline: str, words: Words) -> VerdictState:
    """Return the sheet while the service is asked."""
    return VerdictState(headline, place=PlaceState(PlaceKind.LOADING, words("ui.verdict.loading")))


def offline(headline: str, words: Words) -> VerdictState:
    """Return the sheet while the service does not answer: raw data and tables are there alone."""
    again = ActionState(AGAIN, words("ui.verdict.again"), "repeat", enabled=True)
    place = PlaceState(PlaceKind.OFFLINE, words("ui.verdict.offline"), words("ui.verdict.offline_detail"), action=again)
    return VerdictState(headline, place=place)


def failed(headline: str, problem: Problem, words: Words) -> VerdictState:
    """Return the sheet when the question was refused or went astray."""
    cause, evidence, next_step = words.lines(problem)
    again = ActionState(AGAIN, words("ui.verdict.again"), "repeat", enabled=True)
    place = PlaceState(PlaceKind.ERROR, cause, f"{evidence} {next_step}".strip(), action=again)
    return VerdictState(headline, place=place)


def told(view: VerdictView, quantity: str, edition: str, headline: str, words: Words) -> VerdictState:
    """Return the sheet of a verdict with one quantity large, and under `edition` beside it where one is chosen."""
    cards = {each.card.quantity.value: each for each in view.stored or view.again.cards}
    simulated = words("ui.verdict.simulated") if view.origin is Origin.SIMULATOR else ""
    if not cards:
        problem = view.again.problem
        text, detail = (words.lines(problem)[:2]) if problem is not None else (words("ui.verdict.nothing"), "")
        return VerdictState(headline, simulated, PlaceState(PlaceKind.EMPTY, text, detail))
    chosen = quantity if quantity in cards else next(iter(cards))
    card = cards[chosen]
    other = next((each for each in view.others if each.edition == edition), None)
    beside = _side(other, chosen, view, words) if other is not None else None
    sections = [_section(words("ui.verdict.derivation"), card, view, words)]
    of_other = _found(other, chosen) if other is not None else None
    if other is not None and of_other is not None:
        title = words("ui.verdict.derivation_under", edition=other.edition)
        sections.append(_section(title, of_other, view, words))
    return VerdictState(
        headline, simulated, None, _banner(view, words), _quantities(cards, chosen, words),
        _editions(view, edition, words),
        SideState(words("ui.verdict.recorded", edition=card.card.edition), card_state(card.card, words)),
        beside, plot_of(view.drawing, Quantity(chosen), words) if view.drawing is not None else None, tuple(sections),
    )  # fmt: skip


def _found(under: UnderEdition, quantity: str) -> ExplainedCard | None:
    return next((each for each in under.cards if each.card.quantity.value == quantity), None)


def _side(under: UnderEdition, quantity: str, view: VerdictView, words: Words) -> SideState:
    caption = words("ui.verdict.under", edition=under.edition)
    found = _found(under, quantity)
    if found is None:
        why = words.message(under.problem.cause) if under.problem is not None else words("ui.verdict.nothing")
        return SideState(caption, None, why)
    note = ""
    if under.judged_as_on is not None:
        days = {"on": date_text(view.judged_on), "day": date_text(under.judged_as_on)}
        note = words("ui.verdict.as_on", **days)
    return SideState(caption, card_state(found.card, words), note)


def _section(title: str, each: ExplainedCard, view: VerdictView, words: Words) -> SectionState:
    card = each.card
    finished = local(view.finished_at).strftime("%Y-%m-%d %H:%M") if view.finished_at is not None else NOTHING
    others = [number for number in view.attempts if number != view.attempt]
    attempt = words("ui.verdict.attempt_of", number=view.attempt, count=len(view.attempts)) if others else ""
    grounds = [
        PairState(words("ui.verdict.pair.source"), card.source or NOTHING),
        PairState(
            words("ui.verdict.pair.confidence"), words.name(card.confidence),
            doubt="" if card.confidence is Confidence.SOURCED else words("ui.verdict.doubtful"),
        ),
        PairState(words("ui.verdict.pair.edition"), card.edition),
        PairState(words("ui.verdict.pair.table"), card.table_hash[:SIGNS_OF_A_HASH] or NOTHING),
        PairState(words("ui.verdict.pair.measured"), f"{finished} {attempt}".strip()),
    ]  # fmt: skip
    lines = [words.message(line) for line in each.lines if line.code not in GROUNDS]
    return SectionState(title, tuple(lines), tuple(grounds))


def _quantities(cards: dict[str, ExplainedCard], chosen: str, words: Words) -> ChoiceState | None:
    if len(cards) < 2:
        return None
    options = tuple(ChoiceOption(name, words.name(each.card.quantity)) for name, each in cards.items())
    return ChoiceState(options, chosen)


def _editions(view: VerdictView, chosen: str, words: Words) -> ChoiceState | None:
    if not view.others:
        return None
    options = [ChoiceOption(NONE, words("ui.verdict.edition.none"))]
    options += [ChoiceOption(each.edition, each.edition) for each in view.others]
    known = {each.edition for each in view.others}
    return ChoiceState(tuple(options), chosen if chosen in known else NONE)


def _field(name: str, words: Words) -> str:
    """Return what people call a field of a card; which of the numbers that went in it is, the command line says."""
    return words(f"ui.verdict.field.{name.partition('.')[0]}")


def _banner(view: VerdictView, words: Words) -> BannerState | None:
    problem = view.again.problem
    if problem is not None:
        cause, evidence, next_step = words.lines(problem)
        return BannerState(Tone.CAUTION, "triangle-alert", cause, f"{evidence} {next_step}".strip())
    if view.differences:
        shown = [
            words(
                "ui.verdict.difference", quantity=words.name(each.quantity), field=_field(each.field, words),
                stored=each.stored or NOTHING, again=each.again or NOTHING,
            )
            for each in view.differences[:MOST_DIFFERENCES]
        ]  # fmt: skip
        detail = words("ui.verdict.difference_joint").join(shown)
        return BannerState(Tone.BAD, "circle-x", words("ui.verdict.differs", count=len(view.differences)), detail)
    return BannerState(Tone.GOOD, "circle-check", words("ui.verdict.same"))
