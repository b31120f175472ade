"""Going on after an alarm: a person says that he was at the lane, or nothing goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar


class AfterAlarmSheet(Sheet):
    """The lane, what was seen there, and only then what goes on."""

    def __init__(
        self, window: QWidget, words: Words, bar: ActionBar, lane: str, key: str, done: Callable[[], None]
    ) -> None:
        super().__init__(window, "after_alarm", words("ui.after_alarm.title"), words("ui.dialog.cancel"), bar)
        self.words = words
        self._key = key
        self._done = done
        self.body.addWidget(Label(words("ui.after_alarm.what", lane=lane), "strong", wrap=True))
        self.seen = QCheckBox(words("ui.after_alarm.seen"))
        self.seen.setObjectName("after_alarm_seen")
        self.seen.setAccessibleName(words("ui.after_alarm.seen"))
        self.seen.toggled.connect(self._changed)
        self.first = self.seen
        self.body.addWidget(self.seen)
        self._changed()

    def _changed(self) -> None:
        is_seen = self.seen.isChecked()
        why = "" if is_seen else self.words("ui.after_alarm.not_seen")
        self.show_primary(self.words(f"ui.after_alarm.{self._key}"), "lock-open", enabled=is_seen, why_not=why)
        if is_seen:
            self.banner.show_banner(None)

    def accept_form(self) -> None:
        """Go on, or say that somebody has to look first."""
        if not self.seen.isChecked():
            self.banner.show_banner(BannerState(Tone.CAUTION, "triangle-alert", self.words("ui.after_alarm.not_seen")))
            self.seen.setFocus()
            return
        self._done()
        self.accept()
