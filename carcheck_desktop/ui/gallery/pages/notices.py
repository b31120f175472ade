"""Everything that a window says or asks by itself, with example data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from carcheck_desktop.ui.gallery.samples import PLATES
from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, Tone
from carcheck_desktop.ui.widgets.basics.layout import column, panel
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.banner import Banner, Banners
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.progress import Progress
from carcheck_desktop.ui.widgets.notices.prompt import Prompt
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import (
    BannerState,
    ConfirmState,
    PlaceKind,
    PlaceState,
    ProgressState,
    PromptState,
    ToastState,
)
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

PLATE = PLATES["02"]
STAGE_PX = (300, 460)
"""Heights of the small windows in which messages and questions are shown."""


def notices(words: Words) -> QWidget:
    """Return the page."""
    ribbon: dict[str, QWidget] = {"training_on": TrainingRibbon(words("gallery.sample.training"))}
    parts = (
        specimen(words, "banner", _banners(words, narrow=False), columns=1),
        specimen(words, "banner_narrow", _banners(words, narrow=True)),
        specimen(words, "banners", _several(words), columns=2),
        specimen(words, "prompt", _prompts(words), columns=1),
        specimen(words, "place", _places(words), columns=4),
        specimen(words, "toast", _toasts(words), columns=2),
        specimen(words, "confirm", _confirms(words), columns=2),
        specimen(words, "progress", _progresses(words), columns=2),
        specimen(words, "training_ribbon", ribbon, columns=1),
    )
    page = panel("canvas", "page_notices")
    page.setLayout(column(*parts, spacing=SPACE_L))
    return page


def _banner_states(words: Words) -> dict[Tone, BannerState]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    return {
        Tone.ALARM: BannerState(Tone.ALARM, "octagon-x", say("alarm"), say("alarm_detail")),
        Tone.BAD: BannerState(Tone.BAD, "circle-x", say("error"), say("error_detail")),
        Tone.CAUTION: BannerState(Tone.CAUTION, "cloud-off", say("away"), say("away_detail")),
        Tone.RUNNING: BannerState(Tone.RUNNING, "circle-dot", say("upload"), say("upload_left")),
        Tone.GOOD: BannerState(
            Tone.GOOD, "circle-check", say("policy"), words("gallery.sample.policy_detail", plate=PLATE)
        ),
        Tone.NEUTRAL: BannerState(Tone.NEUTRAL, "info", say("calibration")),
    }


def _banners(words: Words, *, narrow: bool) -> dict[str, QWidget]:
    made: dict[str, QWidget] = {}
    for tone, state in _banner_states(words).items():
        banner = Banner(f"gallery_banner_{'narrow' if narrow else 'wide'}_{tone.value}", narrow=narrow)
        banner.show_banner(state)
        made[f"notice_{tone.value}"] = banner
    return made


def _several(words: Words) -> dict[str, QWidget]:
    states = _banner_states(words)
    calm, grave = Banners("gallery_banners_calm", words), Banners("gallery_banners_grave", words, 1)
    calm.show_banners((states[Tone.NEUTRAL], states[Tone.CAUTION], states[Tone.GOOD], states[Tone.BAD]))
    other = BannerState(Tone.ALARM, "octagon-x", words("gallery.sample.alarm"), words("gallery.sample.alarm_says"))
    grave.show_banners((states[Tone.CAUTION], states[Tone.ALARM], other))
    return {"banners_two": calm, "banners_alarms": grave}


def _prompts(words: Words) -> dict[str, QWidget]:
    headline, detail = words("gallery.sample.prompt", plate=PLATE), words("gallery.sample.prompt_detail")
    icons = {Tone.RUNNING: "arrow-right", Tone.CAUTION: "hourglass", Tone.ALARM: "octagon-x"}
    made: dict[str, QWidget] = {}
    for tone, icon in icons.items():
        prompt = Prompt(f"gallery_prompt_{tone.value}")
        prompt.show_prompt(PromptState(tone, icon, headline, detail))
        made[f"notice_{tone.value}"] = prompt
    return made


def _places(words: Words) -> dict[str, QWidget]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    retry = ActionState("retry", say("retry"), "rotate-ccw", True)
    states = (
        PlaceState(PlaceKind.EMPTY, say("no_visits"), say("no_visits_detail")),
        PlaceState(PlaceKind.LOADING, say("loading")),
        PlaceState(PlaceKind.ERROR, say("error"), say("error_detail"), action=retry),
        PlaceState(PlaceKind.OFFLINE, say("place_away"), say("place_away_detail"), action=retry),
    )
    made: dict[str, QWidget] = {}
    for state in states:
        place = Place(f"gallery_place_{state.kind.value}")
        place.show_place(state)
        made[f"place_{state.kind.value}"] = place
    return made


class _Stage(QFrame):
    """A small window for what lies over windows."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "canvas")
        self._height = height
        self.setMinimumHeight(look_of(self).px(height))

    def changeEvent(self, event: QEvent) -> None:
        """Be as large as the look wants it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            look = look_of(self)
            self.setMinimumHeight(round(look.px(self._height) * look.density.text))


def _toasts(words: Words) -> dict[str, QWidget]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    saved = ToastState("saved", Tone.GOOD, "circle-check", words("gallery.sample.saved", plate=PLATE))
    refused = ToastState("refused", Tone.BAD, "circle-x", say("refused"), say("refused_detail"), stays=True)
    made: dict[str, QWidget] = {}
    policies = [
        ToastState(
            tone.value, tone, "info", say("policy"), words("gallery.sample.policy_detail", plate=PLATE), stays=True
        )
        for tone in (Tone.GOOD, Tone.CAUTION, Tone.RUNNING)
    ]
    stacks = {"toast_one": [refused], "toast_stack": [*policies, saved]}
    for key, states in stacks.items():
        stage = _Stage(f"gallery_stage_{key}", STAGE_PX[0])
        toasts = Toasts(stage, words, name=f"gallery_{key}")
        for state in states:
            toasts.say(state)
        made[key] = stage
    return made


def _confirms(words: Words) -> dict[str, QWidget]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    states = {
        "confirm_plain": ConfirmState(
            say("ask_print"),
            ActionState("print", say("print"), "check", True),
            say("no"),
            say("ask_print_detail"),
        ),
        "confirm_destructive": ConfirmState(
            say("ask_void"),
            ActionState("void", say("void_yes"), "ban", True),
            say("no"),
            consequences=(say("void_one"), say("void_two")),
            destructive=True,
        ),
        "confirm_reason": ConfirmState(
            say("ask_abort"),
            ActionState("abort", say("abort_yes"), "ban", True),
            say("no"),
            consequences=(say("abort_one"),),
            destructive=True,
            reason_label=say("reason"),
            reason_hint=say("reason_hint"),
            reason_missing=say("reason_missing"),
        ),
    }
    made: dict[str, QWidget] = {}
    for key, state in states.items():
        stage = _Stage(f"gallery_stage_{key}", STAGE_PX[1])
        Confirm(stage, f"gallery_{key}", state).pose()
        made[key] = stage
    return made


def _progresses(words: Words) -> dict[str, QWidget]:
    def say(key: str) -> str:
        return words(f"gallery.sample.{key}")

    cancel = ActionState("cancel", say("cancel"), "x", True)
    gone = ActionState("cancelling", say("cancelling"), "hourglass", False)
    states = {
        "progress_part": ProgressState(say("upload"), 0.42, say("upload_left"), cancel),
        "progress_unknown": ProgressState(say("upload"), None, say("upload_unknown"), cancel),
        "progress_cancelling": ProgressState(say("upload"), 0.42, "", gone),
        "progress_failed": ProgressState(say("upload"), 0.42, say("upload_failed"), None, Tone.BAD),
    }
    made: dict[str, QWidget] = {}
    for key, state in states.items():
        progress = Progress(f"gallery_{key}")
        progress.show_progress(state)
        made[key] = progress
    return made
