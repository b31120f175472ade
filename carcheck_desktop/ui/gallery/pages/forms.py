"""Everything that is filled in and pressed, with example data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme.tokens import SPACE_L, Tone
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.forms.field import Field, choice_field, text_field
from carcheck_desktop.ui.widgets.forms.fields.date_field import DateField, DateRule
from carcheck_desktop.ui.widgets.forms.fields.number_field import NumberField
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberRule
from carcheck_desktop.ui.widgets.forms.search_box import SearchBox
from carcheck_desktop.ui.widgets.forms.states import (
    ActionBarState,
    ActionState,
    ChoiceOption,
    ChoiceState,
    FieldMode,
    FieldState,
    Origin,
    SearchState,
    Standing,
    StepperState,
    StepState,
    ToggleState,
)
from carcheck_desktop.ui.widgets.forms.stepper import Stepper
from carcheck_desktop.ui.widgets.forms.toggle import Toggle

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

TODAY = date(2026, 3, 2)
MASS = NumberRule("kg", Decimal(600), Decimal(3000))
FLOW = NumberRule("m³/h", Decimal(0), Decimal(5000), places=3)


def _nothing() -> None:
    """Nobody listens to a specimen."""


def forms(words: Words) -> QWidget:
    """Return the page."""
    parts = (
        specimen(words, "action_bar", _bars(words), columns=1),
        specimen(words, "action_button", _buttons(words)),
        specimen(words, "text_field", _texts(words)),
        specimen(words, "choice_field", _choices(words)),
        specimen(words, "date_field", _dates(words)),
        specimen(words, "number_field", _numbers(words)),
        specimen(words, "plate_field", _plates(words)),
        specimen(words, "search_box", _searches(words)),
        specimen(words, "stepper", _steppers(words), columns=1),
        specimen(words, "choice_group", _groups(words), columns=2),
        specimen(words, "toggle", _toggles(words)),
    )
    page = panel("canvas", "page_forms")
    page.setLayout(column(*parts, spacing=SPACE_L))
    return page


def _bars(words: Words) -> dict[str, QWidget]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    stop = ActionState("stop", say("stop"), "octagon-x", True)
    others = (
        ActionState("void", say("void"), "ban", False, say("blocked")),
        ActionState("back", say("back"), "rotate-ccw", True),
    )
    go = ActionState("next", say("go_on"), "arrow-right", True)
    held = ActionState("next", say("go_on"), "arrow-right", False, say("blocked"))
    busy = ActionState("next", say("busy"), "hourglass", True)
    states = {
        "bar_ready": ActionBarState(go, others, stop, say("next_says")),
        "bar_blocked": ActionBarState(held, others, stop, say("blocked"), Tone.CAUTION),
        "bar_busy": ActionBarState(busy, others, stop, say("busy_says"), Tone.RUNNING, busy=True),
        "bar_alarm": ActionBarState(held, others, stop, say("alarm_says"), Tone.BAD),
        "bar_plain": ActionBarState(go, others[1:], None, say("next_says")),
    }
    made: dict[str, QWidget] = {}
    for key, state in states.items():
        bar = ActionBar(f"gallery_{key}")
        bar.show_actions(state)
        made[key] = bar
    return made


def _buttons(words: Words) -> dict[str, QWidget]:
    made: dict[str, QWidget] = {}
    parts = {
        "button_primary": ("primary", "go_on", "arrow-right", True),
        "button_stop": ("stop", "stop", "octagon-x", True),
        "button_danger": ("danger", "void_yes", "ban", True),
        "button_large": ("large", "back", "rotate-ccw", True),
        "button_plain": ("", "retry", "repeat", True),
        "button_off": ("primary", "go_on", "arrow-right", False),
    }
    for key, (role, text, icon, enabled) in parts.items():
        button = ActionButton(f"gallery_{key}", role)
        button.show_action(ActionState(key, words(f"gallery.sample.{text}"), icon, enabled))
        made[key] = button
    return made


def _field_states(words: Words) -> dict[str, tuple[bool, FieldState]]:
    """Return (is filled in, state) of every way a field can stand."""

    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    return {
        "field_empty": (False, FieldState()),
        "field_filled": (True, FieldState(origin=Origin("pencil", say("typed")))),
        "field_licence": (True, FieldState(origin=Origin("id-card", say("licence")))),
        "field_last_visit": (True, FieldState(origin=Origin("history", say("last_visit")))),
        "field_wrong": (True, FieldState(Tone.BAD, say("wrong"))),
        "field_doubt": (
            True,
            FieldState(Tone.CAUTION, say("doubt"), origin=Origin("id-card", say("licence")), confirm=True),
        ),
        "field_loading": (False, FieldState(text=say("looking"), mode=FieldMode.LOADING)),
        "field_offline": (True, FieldState(text=say("offline"), mode=FieldMode.OFFLINE)),
        "field_read_only": (True, FieldState(mode=FieldMode.READ_ONLY, origin=Origin("id-card", say("licence")))),
        "field_off": (False, FieldState(mode=FieldMode.OFF)),
    }


def _texts(words: Words) -> dict[str, QWidget]:
    label, value = words("gallery.sample.owner"), words("gallery.sample.owner_value")
    made: dict[str, QWidget] = {}
    for key, (is_filled, state) in _field_states(words).items():
        field = text_field(f"gallery_text_{key}", label, _nothing)
        field.put(value if is_filled else "")
        field.show_field(state)
        made[key] = field
    secret = text_field("gallery_text_secret", words("gallery.sample.pin"), _nothing, secret=True)
    secret.put("123456")
    return {**made, "field_secret": secret}


def _choices(words: Words) -> dict[str, QWidget]:
    options = [(value, words(f"gallery.sample.{value}")) for value in ("private", "commercial")]
    made: dict[str, QWidget] = {}
    for key, (_, state) in _field_states(words).items():
        if key not in ("field_empty", "field_loading"):
            field = choice_field(f"gallery_choice_{key}", words("gallery.sample.use"), options, _nothing)
            field.show_field(state)
            made[key] = field
    return made


def _dates(words: Words) -> dict[str, QWidget]:
    def date_field(key: str, text: str) -> Field:
        rule = DateRule(TODAY, date(1990, 1, 1), TODAY)
        field = DateField(f"gallery_date_{key}", words("gallery.sample.registered"), words, rule, _nothing)
        field.put(text)
        if text:
            field.insist()
        return field

    texts = {"field_empty": "", "date_understood": "2014/5/12", "date_wrong": "2014-02-30"}
    return {key: date_field(key, text) for key, text in texts.items()}


def _numbers(words: Words) -> dict[str, QWidget]:
    def number(key: str, label: str, rule: NumberRule, text: str) -> Field:
        field = NumberField(f"gallery_{key}", words(f"gallery.sample.{label}"), words, rule, _nothing)
        field.put(text)
        if text:
            field.insist()
        return field

    return {
        "number_range": number("number_range", "curb_mass", MASS, ""),
        "number_wide": number("number_wide", "curb_mass", MASS, "１５２０"),
        "number_too_large": number("number_too_large", "curb_mass", MASS, "15200"),
        "number_ambiguous": number("number_ambiguous", "flow", FLOW, "1,500"),
    }


def _plates(words: Words) -> dict[str, QWidget]:
    def plate(key: str, text: str, state: FieldState | None = None) -> Field:
        field = PlateField(f"gallery_{key}", words("gallery.sample.plate"), words, "粤", _nothing)
        field.put(text)
        if text:
            field.insist()
        field.show_field(state or FieldState())
        return field

    return {
        "field_empty": plate("plate_empty", ""),
        "plate_usual": plate("plate_usual", "粤B12345"),
        "plate_new_energy": plate("plate_new_energy", "粤BD12345"),
        "plate_wrong": plate("plate_wrong", "粤B1O345"),
        "field_doubt": plate(
            "plate_doubt", "粤B12345", FieldState(Tone.CAUTION, words("gallery.sample.doubt"), confirm=True)
        ),
        "plate_off": plate("plate_off", "粤B12345", FieldState(mode=FieldMode.OFF)),
    }


def _searches(words: Words) -> dict[str, QWidget]:
    states = {
        "search_idle": ("", SearchState()),
        "search_hits": ("B12", SearchState(words("gallery.sample.hits", count=12))),
        "search_busy": ("B12", SearchState(words("gallery.sample.searching"), busy=True)),
        "search_none": ("Z99", SearchState(words("gallery.sample.no_hits"))),
        "search_offline": ("B12", SearchState(words("gallery.sample.search_away"), Tone.CAUTION, offline=True)),
        "search_off": ("", SearchState(enabled=False)),
    }
    made: dict[str, QWidget] = {}
    for key, (text, state) in states.items():
        box = SearchBox(f"gallery_{key}", words("gallery.sample.search"))
        box.setText(text)
        box.show_search(state)
        made[key] = box
    return made


def _steppers(words: Words) -> dict[str, QWidget]:
    names = [words(f"gallery.sample.step_{key}") for key in ("accept", "check", "pay", "ticket")]

    def stepper(key: str, now: int, standing: Standing = Standing.NOW) -> Stepper:
        steps = [Standing.DONE] * now + [standing] + [Standing.TO_DO] * (len(names) - now - 1)
        states = tuple(StepState(name, each) for name, each in zip(names, steps, strict=True))
        spoken = words("gallery.sample.step_spoken", number=now + 1, count=len(names), name=names[now])
        made = Stepper(f"gallery_{key}")
        made.show_steps(StepperState(states, spoken))
        return made

    narrow = stepper("steps_narrow", 1)
    narrow.setMaximumWidth(240)
    return {
        "steps_going": stepper("steps_going", 1),
        "steps_blocked": stepper("steps_blocked", 2, Standing.BLOCKED),
        "steps_done": stepper("steps_done", 3, Standing.DONE),
        "steps_narrow": narrow,
    }


def _groups(words: Words) -> dict[str, QWidget]:
    two, four = (ChoiceOption(key, words(f"gallery.sample.lamp_{key}")) for key in ("two", "four"))
    none = ChoiceOption("none", words("gallery.sample.lamp_none"))
    barred = ChoiceOption("none", none.text, "", False, words("gallery.sample.lamp_why"))
    states = {
        "choice_chosen": ChoiceState((two, four, none), "four"),
        "choice_none": ChoiceState((two, four, none)),
        "choice_partly": ChoiceState((two, four, barred), "two"),
        "choice_off": ChoiceState((two, four, none), "two", enabled=False),
    }
    made: dict[str, QWidget] = {}
    for key, state in states.items():
        group = ChoiceGroup(f"gallery_{key}", words("gallery.sample.lamp"))
        group.show_choice(state)
        made[key] = _at_left(group)
    return made


def _at_left(part: QWidget) -> QWidget:
    """Return a place in which a part keeps its size."""
    place = QWidget()
    line = row(part)
    line.addStretch(1)
    place.setLayout(line)
    return place


def _toggles(words: Words) -> dict[str, QWidget]:
    text, on, off = (words(f"gallery.sample.{key}") for key in ("consent", "on", "off"))
    states = {
        "toggle_on": ToggleState(text, True, on),
        "toggle_off": ToggleState(text, False, off),
        "toggle_disabled": ToggleState(text, True, on, enabled=False),
    }
    made: dict[str, QWidget] = {}
    for key, state in states.items():
        toggle = Toggle(f"gallery_{key}")
        toggle.show_toggle(state)
        made[key] = toggle
    return made
