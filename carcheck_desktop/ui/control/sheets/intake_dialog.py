"""The open-visit sheet: one vehicle typed once, checked while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.commands import OpenVisit
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, VehicleCategory
from carcheck_desktop.ui.control.sheets.dialogs import Sheet
from carcheck_desktop.ui.control.sheets.intake import Checked, Typed, check
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S
from carcheck_desktop.ui.widgets.basics.layout import panel, row
from carcheck_desktop.ui.widgets.forms.field import Field, choice_field, text_field, value_of
from carcheck_desktop.ui.widgets.forms.states import FieldState
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from enum import StrEnum

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.sheets.dialogs import Send

MOST_AXLES = 3
PLACES = (
    ("plate", "plate_kind", "inspection"),
    ("category", "use", "seats"),
    ("curb_mass", "total_mass", "axles"),
    ("manufactured", "registered", "parking_axles"),
)


class OpenVisitSheet(Sheet):
    """All fields of `OpenVisit`; mistakes are said once a field was touched, or on Enter."""

    def __init__(self, parent: QWidget, words: Words, stop: Callable[[], None], send: Send, today: date) -> None:
        super().__init__("open_visit", parent, words, stop)
        self._send = send
        self._today = today
        self._is_sending = False
        self._tried = False
        self._ready = False
        self._boxes = [QCheckBox(words("ui.intake.axle", axle=axle)) for axle in range(1, MOST_AXLES + 1)]
        self.fields = self._make_fields()
        self.first = self.fields["plate"].control
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        for line, names in enumerate(PLACES):
            for place, name in enumerate(names):
                grid.addWidget(self.fields[name], line, place)
                grid.setColumnStretch(place, 1)
        self.body.addLayout(grid)
        self.body.addStrut(840)
        self._ready = True
        self._changed()

    def _make_fields(self) -> dict[str, Field]:
        fields = {
            "plate": self._text("plate", "ui.intake.plate_hint"),
            "plate_kind": self._choice("plate_kind", [PlateKind.SMALL_CAR, *PlateKind]),
            "inspection": self._choice("inspection", [InspectionKind.IN_USE, *InspectionKind]),
            "category": self._choice("category", list(VehicleCategory)),
            "use": self._choice("use", list(Use)),
            "seats": self._text("seats"),
            "curb_mass": self._text("curb_mass"),
            "total_mass": self._text("total_mass"),
            "axles": choice_field("axles", self.words("ui.intake.axles"), [("2", "2"), ("3", "3")], self._changed),
            "manufactured": self._text("manufactured", "ui.intake.date_hint"),
            "registered": self._text("registered", "ui.intake.date_hint"),
            "parking_axles": self._parking(),
        }
        for field in fields.values():
            field.control.setObjectName(f"open_visit_{field.control.objectName()}")
        return fields

    def _text(self, name: str, hint: str = "") -> Field:
        return text_field(name, self.words(f"ui.intake.{name}"), self._changed, hint=self.words(hint) if hint else "")

    def _choice(self, name: str, members: list[StrEnum]) -> Field:
        unique = list(dict.fromkeys(members))
        choices = [(member.value, self.words.message(word(member))) for member in unique]
        return choice_field(name, self.words(f"ui.intake.{name}"), choices, self._changed)

    def _parking(self) -> Field:
        holder = panel("clear", "parking_axles")
        line = row(*self._boxes, spacing=SPACE_S)
        line.addStretch(1)
        holder.setLayout(line)
        for axle, box in enumerate(self._boxes, start=1):
            box.setObjectName(f"open_visit_parking_axle_{axle}")
            box.setAccessibleName(f"{self.words('ui.intake.parking_axles')} {self.words('ui.intake.axle', axle=axle)}")
            box.toggled.connect(self._changed)
        # most small cars brake the rear axle
        self._boxes[1].setChecked(True)
        return Field("parking_axles", self.words("ui.intake.parking_axles"), holder)

    def typed(self) -> Typed:
        """Return what stands in the form."""
        values = {name: value_of(field) for name, field in self.fields.items() if name != "parking_axles"}
        axles = int(values["axles"])
        chosen = tuple(axle for axle, box in enumerate(self._boxes, start=1) if box.isChecked() and axle <= axles)
        return Typed(parking_axles=chosen, **values)

    def _changed(self) -> None:
        if not self._ready:
            return
        typed = self.typed()
        for axle, box in enumerate(self._boxes, start=1):
            box.setVisible(axle <= int(typed.axles))
        checked = check(typed, self._today, self.words)
        self._show(typed, checked)

    def _show(self, typed: Typed, checked: Checked) -> None:
        for name, field in self.fields.items():
            # an empty field is not a mistake before somebody tried to go on
            is_empty = getattr(typed, name) in ("", ())
            state = checked.fields.get(name, FieldState())
            field.show_field(state if self._tried or not is_empty else FieldState())
        key = "sending" if self._is_sending else "ok_doubts" if checked.doubts and checked.vehicle else "ok"
        text = self.words(f"ui.open_visit.{key}")
        why = "" if checked.vehicle else self.words("ui.open_visit.not_whole")
        self.show_primary(text, "plus", enabled=not self._is_sending, why_not=why)

    def accept_form(self) -> None:
        """Send the vehicle, or say what is missing and go there."""
        if self._is_sending:
            return
        self._tried = True
        checked = check(self.typed(), self._today, self.words)
        if checked.vehicle is None:
            self._changed()
            self._go_to_first(checked)
            return
        self._is_sending = True
        self.banner.show_banner(None)
        self._changed()
        self._send(OpenVisit(checked.vehicle, checked.inspection), self._answered)

    def _go_to_first(self, checked: Checked) -> None:
        for names in PLACES:
            for name in names:
                state = checked.fields.get(name)
                if state is not None and state.tone.value == "bad":
                    target = self._boxes[0] if name == "parking_axles" else self.fields[name].control
                    target.setFocus()
                    return

    def _answered(self, refused: BannerState | None) -> None:
        self._is_sending = False
        if refused is None:
            self.accept()
            return
        self.banner.show_banner(refused)
        self._changed()
