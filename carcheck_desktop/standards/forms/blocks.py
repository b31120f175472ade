"""The papers as data: rows and blocks, each with everything that stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.families.planning import InspectionPart
from carcheck_desktop.standards.forms.given import Duty, Owner
from carcheck_desktop.standards.forms.texts import Sign


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value, in words where it is one of a table; "—" where nothing is recorded."""

    label: Message
    value: str | Message


@dataclass(frozen=True, slots=True)
class ManualRow:
    """One manual item: number of the edition, name, sign, and what was said of a failure."""

    number: int
    name: Message
    part: InspectionPart
    sign: Sign
    explanation: str
    remark: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs for what; the number of the identity card goes into the upload."""

    duty: Duty
    name: str
    id_number: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The program and the table files that the paper rests on, by the edition's name."""

    software: str
    table_hashes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ManualForm:
    """机动车安全技术检验表（人工检验部分）."""

    basics: tuple[Pair, ...]
    rows: tuple[ManualRow, ...]
    failed: tuple[ManualRow, ...]
    measured: tuple[Pair, ...]
    owner: Owner
    advice: tuple[Message, ...]
    signatures: tuple[Signature, ...]
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class BrakeRow:
    """One line of the brake block; loads in kg, forces in 10 N, rates in percent; "—" where the cell has nothing.

    `item` is B1 to B5 for an axle, `whole`, B0. `count` is how often it was tested in this inspection, 0 for never.
    """

    item: str
    load: str
    left_force: str
    right_force: str
    left_difference: str
    right_difference: str
    rate: str
    imbalance: str
    loaded_load: str
    loaded_rate: str
    loaded_imbalance: str
    left_dynamic_load: str
    right_dynamic_load: str
    sign: Sign
    count: int


@dataclass(frozen=True, slots=True)
class LampRow:
    """One lamp: item code from the left of the vehicle to its right, intensity of the high beam in cd."""

    item: str
    intensity: str
    sign: Sign
    count: int


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One more measured value: sideslip, road test, outline, mass."""

    item: str
    name: Message
    value: str
    limit: str
    sign: Sign
    count: int


@dataclass(frozen=True, slots=True)
class InstrumentForm:
    """机动车安全技术检验表（仪器设备检验部分）."""

    head: tuple[Pair, ...]
    brakes: tuple[BrakeRow, ...]
    lamps: tuple[LampRow, ...]
    values: tuple[ValueRow, ...]
    towed_by: str
    total_count: int
    remarks: tuple[str, ...]
    line: str
    signatures: tuple[Signature, ...]
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One instrument result of the report: running number, item, quantity, result, limit, verdict, remark.

    `doubtful` says that the limit still needs the paid text.
    """

    number: int
    item: str
    name: Message
    result: str
    limit: str
    sign: Sign
    remark: Message | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Report:
    """机动车安全技术检验报告: basic data, conclusion, manual and instrument results, advice, remarks."""

    basics: tuple[Pair, ...]
    conclusion: Message
    sign: Sign
    signatory: Signature
    manual: tuple[ManualRow, ...]
    instruments: tuple[ResultRow, ...]
    reminders: tuple[ResultRow, ...]
    advice: tuple[Message, ...]
    remarks: tuple[str, ...]
    imprint: Imprint
