"""Values of a car as people read them: labels, words of codes, origins, doubts; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem, word
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.ui.counter.draft.draft import Looking
from carcheck_desktop.ui.counter.draft.fields import DERIVED, FIELDS, LATER, NO, YES, FieldKind, FieldSpec
from carcheck_desktop.ui.counter.draft.person import masked_name
from carcheck_desktop.ui.counter.state import FilledState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState
from carcheck_desktop.ui.widgets.forms.states import FieldMode, FieldState, Origin

if TYPE_CHECKING:
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.draft.checks import Checked
    from carcheck_desktop.ui.counter.draft.draft import Draft
    from carcheck_desktop.ui.counter.presenter import CounterPresenter

ORIGIN_ICONS = {
    ValueOrigin.LICENCE: "id-card",
    ValueOrigin.AUTHORITY: "id-card",
    ValueOrigin.LAST_VISIT: "history",
    ValueOrigin.TYPED: "pencil",
    ValueOrigin.CONFIRMED: "check",
}
NOTHING = "–"


def plate_of(vehicle: Vehicle) -> PlateState:
    """Return the plate of a vehicle."""
    return PlateState(vehicle.plate, vehicle.plate_kind.value)


def draft_plate(draft: Draft) -> PlateState:
    """Return the plate of an intake."""
    return PlateState(draft.plate, draft.plate_kind.value)


def label(name: str, words: Words) -> str:
    """Name a field."""
    return words(f"ui.counter.field.{name}")


def choice_text(spec: FieldSpec, value: str, words: Words) -> str:
    """Return the words of a value of a choice; a code that no table knows is shown as it is."""
    if value in (LATER, YES, NO):
        return words(f"ui.counter.choice.{value}")
    if spec.name == "parking_axles":
        return words("ui.counter.choice.axles", axles=value.replace(",", words("ui.counter.joint")))
    if spec.table is None:
        return value
    known = {member.value: member for member in spec.table}
    if value in known:
        return words.message(word(known[value]))
    parts = [words.message(word(known[sign])) for sign in value if sign in known]
    return words("ui.counter.joint").join(parts) if len(parts) == len(value) else value


def choices(spec: FieldSpec, words: Words) -> list[tuple[str, str]]:
    """Return the values of a choice with their words; the sign in front chooses by one key."""
    has_letters = spec.table is not None and all(value.isalpha() and len(value) == 1 for value in spec.choices)
    keys = spec.choices if has_letters else tuple(str(number) for number in range(1, len(spec.choices) + 1))
    pairs = zip(keys, spec.choices, strict=True)
    return [(value, f"{key} {choice_text(spec, value, words)}") for key, value in pairs]


def shown(name: str, text: str, words: Words) -> str:
    """Return what stands in a field as people read it."""
    spec = FIELDS.get(name)
    if spec is None or not text:
        return text or NOTHING
    if spec.kind is FieldKind.CHOICE:
        return choice_text(spec, text, words)
    return f"{text} {spec.rule.unit}".strip()


def origin_of(draft: Draft, name: str, words: Words) -> Origin | None:
    """Return where the value of a field comes from."""
    origin = draft.entries[name].origin
    if origin is None or not draft.text(name):
        return None
    return Origin(ORIGIN_ICONS[origin], words.name(origin))


def doubt_text(said: Message | Problem, name: str, words: Words) -> str:
    """Return what is doubtful about a field, in a line."""
    if isinstance(said, Problem):
        return words.message(said.cause)
    # codes among the values are said in words
    params = {key: shown(name, str(value), words) for key, value in said.params.items()}
    return words(said.code, **params)


def field_state(presenter: CounterPresenter, checked: Checked, name: str) -> FilledState:
    """Return one field as it stands."""
    draft, words = presenter.draft, presenter.words
    text, origin = draft.text(name), origin_of(draft, name, words)
    is_insisted = name in presenter.insisted
    mode = _mode(draft, name)
    refused = draft.refused
    if refused is not None and name == presenter.focus[1] and presenter.problem is refused:
        state = FieldState(Tone.BAD, words.message(refused.next_step), mode, origin)
    elif presenter.typing == name:
        state = FieldState(mode=mode, origin=origin)
    elif name in checked.missing:
        text_said = words("ui.counter.fault.missing") if is_insisted else ""
        state = FieldState(Tone.BAD if is_insisted else Tone.NEUTRAL, text_said, mode, origin)
    elif name in checked.faults:
        fault = checked.faults[name]
        state = FieldState(Tone.BAD, words.message(fault), mode, origin)
    elif name in checked.doubts:
        state = FieldState(Tone.CAUTION, doubt_text(checked.doubts[name], name, words), mode, origin, confirm=True)
    else:
        state = FieldState(mode=mode, origin=origin, text=_understood(draft, name, words))
    is_hidden = name == "owner" and presenter.is_covered
    return FilledState(text, state, is_insisted, is_hidden, draft.is_shown(name))


def _mode(draft: Draft, name: str) -> FieldMode:
    if draft.text(name) or FIELDS[name].page.value == "station":
        return FieldMode.EDIT
    if draft.looking is Looking.ASKED:
        return FieldMode.LOADING
    return FieldMode.EDIT


def _understood(draft: Draft, name: str, words: Words) -> str:
    """Say what a code that is typed stands for."""
    target = next((target for target, source in DERIVED.items() if source == name), "")
    is_told = bool(target) and bool(draft.text(target)) and not draft.is_shown(target)
    return choice_text(FIELDS[target], draft.text(target), words) if is_told else ""


def pair(presenter: CounterPresenter, checked: Checked, name: str) -> PairState:
    """Return one field of a known car as a line to compare."""
    draft, words = presenter.draft, presenter.words
    text = draft.text(name)
    if name == "owner" and presenter.is_covered:
        text = masked_name(text)
    origin = origin_of(draft, name, words)
    doubt = doubt_text(checked.doubts[name], name, words) if name in checked.doubts else ""
    said = origin.text if origin is not None else ""
    return PairState(label(name, words), shown(name, text, words), said, doubt)
