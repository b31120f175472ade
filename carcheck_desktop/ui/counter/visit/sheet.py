"""The sheet over a visit's page, painted from its state, and who opens and closes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from carcheck_desktop.ui.counter.pages.filling import text_in
from carcheck_desktop.ui.counter.visit.doing.orders import KEEPS
from carcheck_desktop.ui.counter.visit.state import FieldKind, TaskKind
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_XS
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.forms.field import Field, text_field
from carcheck_desktop.ui.widgets.forms.fields.date_field import DateField, DateRule
from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField
from carcheck_desktop.ui.widgets.forms.toggle import Toggle
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.visit.doing.desk import VisitDesk
    from carcheck_desktop.ui.counter.visit.state import TaskField, TaskState
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar

PREFIX = "task_"
ROW_PX, MOST_ROWS, MOST_MENU = 44, 5, 10
DIGITS = "1234567890"
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TaskSheet(Sheet):
    """`typed` carries a field and its text, `picked` what was chosen, `numbered` the place of a row, `accepted` an Enter."""

    typed = Signal(str, str)
    picked = Signal(str)
    numbered = Signal(int)
    accepted = Signal()

    def __init__(self, window: QWidget, state: TaskState, words: Words, today: date, bar: ActionBar) -> None:
        super().__init__(window, f"{PREFIX}{state.kind.value}", state.title, state.no_text, bar)
        self._words, self._today = words, today
        self._state = state
        self._focused = 0
        self._is_filling = False
        self.fields: dict[str, Field] = {}
        name = self.objectName()
        self._detail = Label("", "muted", wrap=True)
        self._waiting = Place(f"{name}_place", 40)
        self._choice_label = Label("", "muted")
        self.choice = ChoiceGroup(f"{name}_choice", state.choice_label or state.title)
        most = MOST_MENU if state.kind is TaskKind.MENU else MOST_ROWS
        self.toggle = Toggle(f"{name}_toggle")
        self.rows = RowList(f"{name}_rows", state.title, ROW_PX, most=most)
        self._pairs = Pairs(f"{name}_pairs", 1 if state.kind is TaskKind.WHO else 3, wraps=True)
        self._lines = panel("sunken", f"{name}_lines")
        self._line = Label("", "", wrap=True)
        self._lines.setLayout(column(self._line, spacing=SPACE_XS, margins=(SPACE_M, SPACE_XS, SPACE_M, SPACE_XS)))
        self._inputs = column(spacing=0)
        for part in (
            self._detail, self._waiting, self._pairs, self.rows, self._choice_label, self.choice, self.toggle,
            self._lines,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.body.addLayout(self._inputs)
        self.choice.chosen.connect(self.picked)
        self.toggle.switched.connect(lambda is_on: self.typed.emit("keeps", KEEPS if is_on else ""))
        self.rows.chosen.connect(lambda key: self.picked.emit(key) if self._state.picks else None)
        self.rows.installEventFilter(self)
        self.rows.clicked.connect(lambda _index: self._clicked())
        if state.destructive:
            self.primary.show_role("danger")
        self.show_task(state)
        self.first = self._first()

    def _first(self) -> QWidget:
        """Return what has the keyboard before anything is led to: the rows, else no or yes."""
        if self._state.picks:
            return self.rows
        return self.cancel if self._state.destructive else self.primary

    def open(self) -> None:
        """Show the sheet; the keyboard goes to the field in which it begins."""
        super().open()
        self._lead(self._state.focus[1])

    # -- paint -------------------------------------------------------------------------------

    def show_task(self, state: TaskState) -> None:
        """Show another state of the same task."""
        self._state = state
        self._is_filling = True
        self.banner.show_banner(state.banner)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.detail))
        self._waiting.setVisible(state.place is not None)
        if state.place is not None:
            self._waiting.show_place(state.place)
        for part in (self.choice, self._choice_label):
            part.setVisible(state.choice is not None)
        self._choice_label.show_text(state.choice_label)
        if state.choice is not None:
            self.choice.show_choice(state.choice)
        self.toggle.setVisible(state.toggle is not None)
        if state.toggle is not None:
            self.toggle.show_toggle(state.toggle)
        self.rows.show_rows(state.rows, state.picked)
        self.rows.setVisible(bool(state.rows))
        self._pairs.show_pairs(state.pairs)
        self._pairs.setVisible(bool(state.pairs))
        self._lines.setVisible(bool(state.lines))
        self._line.show_text("\n".join(state.lines))
        self._show_fields(state.fields)
        self.primary.show_action(state.yes)
        self._is_filling = False
        if state.focus[0] != self._focused:
            self._focused = state.focus[0]
            self._lead(state.focus[1])

    def _show_fields(self, states: tuple[TaskField, ...]) -> None:
        wanted = [state.name for state in states]
        for name, field in self.fields.items():
            field.setVisible(name in wanted)
        for state in states:
            field = self.fields.get(state.name) or self._made(state)
            if text_in(field) != state.text:
                field.put(state.text)
            if state.is_insisted and isinstance(field, ReadField):
                field.insist()
            field.show_field(state.field)

    def _made(self, state: TaskField) -> Field:
        changed = partial(self._typed, state.name)
        name = f"{PREFIX}{state.name}"
        field: Field
        if state.kind is FieldKind.DAY:
            field = DateField(name, state.label, self._words, DateRule(self._today), changed)
        else:
            secret = state.kind is FieldKind.HIDDEN
            field = text_field(name, state.label, changed, hint=state.hint, secret=secret)
        self.fields[state.name] = field
        self._inputs.addWidget(field)
        field.setVisible(True)
        return field

    def _typed(self, name: str, *_given: object) -> None:
        if not self._is_filling and name in self.fields:
            self.typed.emit(name, text_in(self.fields[name]))

    def _lead(self, name: str) -> None:
        if not self.is_open:
            return
        if name == "choice":
            self.choice.take_focus()
        elif name in self.fields:
            self.fields[name].control.setFocus()

    # -- keys --------------------------------------------------------------------------------

    def accept_form(self) -> None:
        """Ask for what the sheet is for; it stays until that was done."""
        if not self._state.busy:
            self.accepted.emit()

    def press_enter(self) -> None:
        """Lead to a destructive yes; take any other one."""
        is_ready = self._state.yes.enabled and not (self.primary.hasFocus() or self.cancel.hasFocus())
        if self._state.destructive and is_ready:
            self.primary.setFocus()
        else:
            super().press_enter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the numbers of the menu before its list searches its rows for them."""
        is_key = watched is self.rows and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and self._take_number(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_number(event):
            super().keyPressEvent(event)

    def _take_number(self, event: QKeyEvent) -> bool:
        is_number = len(event.text()) == 1 and event.text() in DIGITS and event.modifiers() in PLAIN
        is_asked = self.is_open and self._state.kind is TaskKind.MENU and is_number and not event.isAutoRepeat()
        if is_asked:
            self.numbered.emit(DIGITS.index(event.text()))
        return is_asked

    def _clicked(self) -> None:
        if self._state.kind is TaskKind.MENU:
            self.accept_form()


class TaskHost(QObject):
    """Opens the sheet of a task over the window, keeps it as it stands, and closes it."""

    def __init__(self, window: QWidget, desk: VisitDesk, words: Words, bar: ActionBar) -> None:
        super().__init__(window)
        self._window, self._desk, self._words, self._bar = window, desk, words, bar
        self.sheet: TaskSheet | None = None
        self._kind: TaskKind | None = None
        self.is_closing = False
        """While a sheet gives the keyboard back: nobody leads it on before that."""

    def close_other(self, state: TaskState | None) -> None:
        """Close the sheet of another task; the keyboard is free before the page leads it on."""
        if self.sheet is not None and (state is None or state.kind is not self._kind):
            sheet, self.sheet = self.sheet, None
            self.is_closing = True
            sheet.accept()
            self.is_closing = False

    def show_task(self, state: TaskState | None, today: date, then: Callable[[Callable[[], None]], None]) -> None:
        """Show the sheet of a state; `then` does what a person wants and has the window painted."""
        self.close_other(state)
        if state is None:
            return
        if self.sheet is not None:
            self.sheet.show_task(state)
            return
        desk = self._desk
        sheet = self.sheet = TaskSheet(self._window, state, self._words, today, self._bar)
        self._kind = state.kind
        sheet.typed.connect(lambda name, text: then(lambda: desk.type(name, text)))
        sheet.picked.connect(lambda value: then(lambda: desk.choose(value)))
        sheet.numbered.connect(lambda number: then(lambda: desk.take_row(number)))
        sheet.accepted.connect(lambda: then(desk.accept))
        sheet.finished.connect(lambda is_yes: None if is_yes else self._left(sheet, then))
        sheet.open()

    def _left(self, sheet: TaskSheet, then: Callable[[Callable[[], None]], None]) -> None:
        if self.sheet is sheet:
            self.sheet = None
            then(self._desk.leave)
