"""The open-visit sheet: one vehicle typed once, checked while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.commands import OpenVisit
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, VehicleCategory
from carcheck_desktop.ui.control.sheets.intake import MASS, SEATS, Checked, IntakeRules, Typed, check
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.layout import panel, row
from carcheck_desktop.ui.widgets.forms.field import Field, choice_field, value_of
from carcheck_desktop.ui.widgets.forms.fields.date_field import DateField, DateRule
from carcheck_desktop.ui.widgets.forms.fields.number_field import NumberField
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField
from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField
from carcheck_desktop.ui.widgets.forms.states import FieldState
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from enum import StrEnum

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.sheets.sign_in import Send
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar

MOST_AXLES = 3
WIDTH_PX = 820
CHOSEN = ("plate_kind", "category", "use", "inspection", "axles")
PLACES = (
    ("plate", "plate_kind", "inspection"),
    ("category", "use", "seats"),
    ("curb_mass", "total_mass", "axles"),
    ("manufactured", "registered", "parking_axles"),
)


class OpenVisitSheet(Sheet):
    """All fields of `OpenVisit`; mistakes are said once a field was left, or on Enter."""

    def __init__(self, window: QWidget, words: Words, bar: ActionBar, send: Send, rules: IntakeRules) -> None:
        super().__init__(window, "open_visit", words("ui.open_visit.title"), words("ui.dialog.cancel"), bar)
        self.words = words
        self._send = send
        self._rules = rules
        self._is_sending = False
        self._tried = False
        self._ready = False
        self._boxes = [QCheckBox(words("ui.intake.axle", axle=axle)) for axle in range(1, MOST_AXLES + 1)]
        self.plate = PlateField("open_visit_plate", words("ui.intake.plate"), words, rules.province, self._changed)
        self.numbers = {name: self._number(name) for name in ("seats", "curb_mass", "total_mass")}
        self.days = {name: self._day(name) for name in ("manufactured", "registered")}
        self.fields = self._make_fields()
        self.first = self.plate.control
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        for line, names in enumerate(PLACES):
            for place, name in enumerate(names):
                grid.addWidget(self.fields[name], line, place)
                grid.setColumnStretch(place, 1)
        self.body.addLayout(grid)
        self.body.addStrut(look_of(self).px(WIDTH_PX))
        self._ready = True
        self._changed()

    def _make_fields(self) -> dict[str, Field]:
        axles = [(str(number), str(number)) for number in range(2, MOST_AXLES + 1)]
        return {
            "plate": self.plate,
            "plate_kind": self._choice("plate_kind", [PlateKind.SMALL_CAR, *PlateKind]),
            "inspection": self._choice("inspection", [InspectionKind.IN_USE, *InspectionKind]),
            "category": self._choice("category", list(VehicleCategory)),
            "use": self._choice("use", list(Use)),
            "axles": choice_field("open_visit_axles", self.words("ui.intake.axles"), axles, self._changed),
            "parking_axles": self._parking(),
            **self.numbers,
            **self.days,
        }

    def _number(self, name: str) -> NumberField:
        rule = SEATS if name == "seats" else MASS
        return NumberField(f"open_visit_{name}", self.words(f"ui.intake.{name}"), self.words, rule, self._changed)

    def _day(self, name: str) -> DateField:
        rule = DateRule(self._rules.today, most=self._rules.today)
        return DateField(f"open_visit_{name}", self.words(f"ui.intake.{name}"), self.words, rule, self._changed)

    def _choice(self, name: str, members: list[StrEnum]) -> Field:
        unique = list(dict.fromkeys(members))
        choices = [(member.value, self.words.message(word(member))) for member in unique]
        return choice_field(f"open_visit_{name}", self.words(f"ui.intake.{name}"), choices, self._changed)

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
        return Field("open_visit_parking_axles", self.words("ui.intake.parking_axles"), holder)

    def typed(self) -> Typed:
        """Return what stands in the form."""
        chosen = {name: value_of(field) for name, field in self.fields.items() if name in CHOSEN}
        axles = int(chosen["axles"])
        return Typed(
            plate=self.plate.reading(),
            plate_kind=chosen["plate_kind"],
            category=chosen["category"],
            use=chosen["use"],
            inspection=chosen["inspection"],
            curb_mass=self.numbers["curb_mass"].reading(),
            total_mass=self.numbers["total_mass"].reading(),
            seats=self.numbers["seats"].reading(),
            axles=chosen["axles"],
            parking_axles=tuple(at for at, box in enumerate(self._boxes, start=1) if box.isChecked() and at <= axles),
            registered=self.days["registered"].day(),
            manufactured=self.days["manufactured"].day(),
        )

    def _changed(self) -> None:
        if not self._ready:
            return
        typed = self.typed()
        for axle, box in enumerate(self._boxes, start=1):
            box.setVisible(axle <= int(typed.axles))
        self._show(check(typed, self._rules.today, self.words))

    def _show(self, checked: Checked) -> None:
        for name, field in self.fields.items():
            if self._tried and isinstance(field, ReadField):
                field.insist()
            # that nothing is chosen is not a mistake before somebody tried to go on
            is_said = self._tried or name != "parking_axles"
            field.show_field(checked.fields.get(name, FieldState()) if is_said else FieldState())
        key = "sending" if self._is_sending else "ok_doubts" if checked.doubts and checked.vehicle else "ok"
        text = self.words(f"ui.open_visit.{key}")
        why = "" if checked.vehicle else self.words("ui.open_visit.not_whole")
        self.show_primary(text, "plus", enabled=not self._is_sending, why_not=why)

    def accept_form(self) -> None:
        """Send the vehicle, or say what is missing and go there."""
        if self._is_sending:
            return
        self._tried = True
        checked = check(self.typed(), self._rules.today, self.words)
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
                is_bad = name in checked.fields and checked.fields[name].tone is Tone.BAD
                if is_bad or name in checked.faults:
                    target = self._boxes[0] if name == "parking_axles" else self.fields[name].control
                    target.setFocus()
                    return

    def _answered(self, refused: BannerState | None) -> None:
        self._is_sending = False
        if refused is None or not self.is_open:
            self.accept()
            return
        self.banner.show_banner(refused)
        self._changed()
