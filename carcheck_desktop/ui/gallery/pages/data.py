"""What a window shows of the station: paths, verdict cards, instruments, pairs, tables, rows, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain import documents as d
from carcheck_desktop.ui.gallery.samples import ADDRESS, PLATES, PORT, VIN
from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme.tokens import SPACE_L, Tone
from carcheck_desktop.ui.widgets.basics.layout import column, panel
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.charts.states import limit_bar
from carcheck_desktop.ui.widgets.data.device_tile import DeviceTile
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath
from carcheck_desktop.ui.widgets.data.qr import Qr
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.data.states import (
    CardState,
    CellState,
    ColumnState,
    LineOfCells,
    Mark,
    PairState,
    Phase,
    QrState,
    RowState,
    StagePathState,
    StageState,
    TableState,
    TileState,
)
from carcheck_desktop.ui.widgets.data.table.table import Table
from carcheck_desktop.ui.widgets.data.verdict_card import VerdictCard
from carcheck_desktop.ui.widgets.paper.view import PaperView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words

PAPER_PX = 260
STAGES = ("intake", "exterior", "lane", "review", "papers")
D, N, F, H, T, S = Mark.DONE, Mark.NOW, Mark.FAILED, Mark.HELD, Mark.TODO, Mark.SKIPPED
PATHS: dict[str, tuple[Mark, ...]] = {
    "begun": (N, T, T, T, T),
    "running": (D, D, N, T, T),
    "failed": (D, D, F, T, T),
    "held": (D, D, D, H, T),
    "skipped": (D, S, D, D, N),
    "done": (D, D, D, D, D),
}


def data(words: Words) -> QWidget:
    """Build the page."""
    page = panel("canvas", "page_data")
    parts = (_paths(words), _compact_paths(words), _cards(words), _tiles(words), _pairs(words), _tables(words))
    page.setLayout(column(*parts, _rows(words), _codes(words), _papers(words), spacing=SPACE_L))
    return page


def _path(words: Words, name: str, marks: tuple[Mark, ...], *, compact: bool = False) -> StagePath:
    part = StagePath(f"path_{name}", words, compact=compact)
    many = len(marks) > len(STAGES)
    stages = tuple(
        StageState(str(n), f"B{n + 1}" if many else words(f"gallery.stage.{STAGES[n]}"), mark)
        for n, mark in enumerate(marks)
    )
    part.show_path(StagePathState(stages))
    return part


def _noted_path(words: Words, name: str, phase: Phase) -> StagePath:
    part = StagePath(f"path_{name}", words)
    part.show_path(StagePathState((), phase=phase, note=words(f"gallery.note.{phase.value}")))
    return part


def _paths(words: Words) -> QWidget:
    states: dict[str, QWidget] = {name: _path(words, name, marks) for name, marks in PATHS.items()}
    states["many"] = _path(words, "many", (D,) * 9 + (F, N) + (T,) * 5)
    for phase in (Phase.LOADING, Phase.OFFLINE):
        states[phase.value] = _noted_path(words, phase.value, phase)
    return specimen(words, "stage_path", states, columns=2)


def _compact_paths(words: Words) -> QWidget:
    states: dict[str, QWidget] = {}
    for name, width_px in (("running", 0), ("held", 300), ("failed", 150), ("many", 120)):
        marks = (D,) * 9 + (F, N) + (T,) * 5 if name == "many" else PATHS[name]
        part = _path(words, f"{name}_compact", marks, compact=True)
        if width_px:
            part.setMaximumWidth(width_px)
        states[name] = part
    disabled = _path(words, "disabled_compact", PATHS["running"], compact=True)
    disabled.setEnabled(False)
    states["disabled"] = disabled
    return specimen(words, "stage_path_compact", states, columns=2)


def _card(name: str, state: CardState, *, compact: bool = False) -> VerdictCard:
    part = VerdictCard(f"card_{name}{'_line' if compact else ''}", compact=compact)
    part.show_card(state)
    return part


def _verdicts(words: Words) -> dict[str, CardState]:
    rate, source = words("gallery.data.axle_rate"), words("gallery.data.source")
    limit, explain = words("gallery.data.limit"), words("gallery.data.explain")

    def judged(tone: Tone, icon: str, value: str, margin: str, doubt: str = "") -> CardState:
        outcome = words(f"gallery.outcome.{tone.value}")
        bar = limit_bar(float(value), 60.0, tone, "", is_most=False)
        exact = words("gallery.data.exact", exact=f"{value}37")
        return CardState(
            rate,
            tone,
            icon,
            outcome,
            value,
            "%",
            limit,
            margin,
            exact,
            source,
            doubt,
            bar=bar,
            key="r",
            explain=explain,
        )

    def without(tone: Tone, icon: str, reason: str) -> CardState:
        outcome = words(f"gallery.outcome.{tone.value}")
        return CardState(
            rate, tone, icon, outcome, "–", "", limit, "", "", source, reason=reason, key="r", explain=explain
        )

    doubt = words("gallery.data.doubt")
    return {
        "passed": judged(Tone.GOOD, "circle-check", "67.4", "+7.4 %"),
        "failed": judged(Tone.BAD, "circle-x", "52.1", "−7.9 %"),
        "doubt": judged(Tone.GOOD, "circle-check", "60.0", "+0.0 %", doubt),
        "not_judged": without(Tone.NEUTRAL, "circle-dashed", words("gallery.data.not_judged")),
        "invalid": without(Tone.CAUTION, "circle-alert", words("gallery.data.invalid")),
    }


def _cards(words: Words) -> QWidget:
    states: dict[str, QWidget] = {name: _card(name, state) for name, state in _verdicts(words).items()}
    lines = panel("clear", "card_lines")
    parts = [_card(name, state, compact=True) for name, state in _verdicts(words).items()]
    lines.setLayout(column(*parts))
    states["compact"] = lines
    return specimen(words, "verdict_card", states, columns=2)


def _tiles(words: Words) -> QWidget:
    title, place = words("gallery.data.bench"), PORT
    word = {name: words(f"gallery.data.{name}") for name in ("well", "asking", "lost", "unknown", "switched_off")}
    cause, evidence, next_step = (words(f"gallery.data.{part}") for part in ("cause", "evidence", "next"))
    seen = words("gallery.data.seen")
    states = {
        "ready": TileState("a", title, place, Tone.GOOD, "plug-zap", word["well"]),
        "loading": TileState("b", title, place, Tone.RUNNING, "loader-circle", word["asking"]),
        "offline": TileState("c", title, place, Tone.OFF, "cloud-off", word["unknown"], seen=seen),
        "disabled": TileState("d", title, place, Tone.OFF, "ban", word["switched_off"]),
        "error": TileState("e", title, place, Tone.BAD, "unplug", word["lost"], cause, evidence, next_step, seen),
    }
    made: dict[str, QWidget] = {}
    for name, state in states.items():
        tile = DeviceTile(f"tile_{name}", opens=True)
        tile.show_tile(state)
        tile.setEnabled(name != "disabled")
        made[name] = tile
    return specimen(words, "device_tile", made)


def _pairs(words: Words) -> QWidget:
    vin, owner = (
        PairState(words("gallery.data.vin"), VIN),
        PairState(words("gallery.data.owner"), words("gallery.data.long_name")),
    )
    mass = PairState(words("gallery.data.mass"), "1495 kg", origin=words("gallery.data.from_last_visit"))
    drive = PairState(words("gallery.data.drive"), "4×2", doubt=words("gallery.data.read_badly"))
    plain = Pairs("pairs_plain", 2)
    plain.show_pairs((vin, mass, drive))
    wrapped = Pairs("pairs_wrapped", 1, copies=True, wraps=True)
    wrapped.show_pairs((vin, owner, mass, drive))
    return specimen(words, "pairs", {"ready": plain, "wrapped": wrapped}, columns=2)


def _tables(words: Words) -> QWidget:
    columns = (
        ColumnState("plate", words("gallery.data.plate"), 110),
        ColumnState("owner", words("gallery.data.owner"), grows=True),
        ColumnState("mass", words("gallery.data.mass"), 90, is_figure=True),
        ColumnState("state", words("gallery.data.state"), 120),
    )
    passed, failed = words("gallery.outcome.good"), words("gallery.outcome.bad")
    rows = tuple(
        LineOfCells(
            f"r{n}",
            (
                CellState(f"粤B{12345 + n}"),
                CellState(words("gallery.data.long_name")),
                CellState(f"{1200 + n * 85} kg", order=float(1200 + n * 85)),
                CellState(failed, tone=Tone.BAD, icon="circle-x")
                if n % 3 == 1
                else CellState(passed, tone=Tone.GOOD, icon="circle-check"),
            ),
        )
        for n in range(30)
    )
    states = {"ready": TableState(columns, rows)}
    for phase in (Phase.EMPTY, Phase.LOADING, Phase.ERROR):
        states[phase.value] = TableState(columns, (), phase, words(f"gallery.note.{phase.value}"))
    made: dict[str, QWidget] = {}
    for name, state in states.items():
        part = Table(f"table_{name}", words("gallery.component.table"))
        part.show_table(state, "r1")
        part.setMinimumHeight(190)
        made[name] = part
    return specimen(words, "table", made, columns=2)


def _rows(words: Words) -> QWidget:
    rows = RowList("rows_ready", words("gallery.component.row_list"), 68, most=3)
    plate = PlateState(PLATES["02"], "02")
    rows.show_rows(
        (
            RowState(
                "a",
                "",
                words("gallery.data.axle_rate"),
                words("gallery.data.minutes", count=12),
                "car-front",
                plate=plate,
                steps=(Tone.GOOD, Tone.RUNNING, Tone.NEUTRAL),
            ),
            RowState(
                "b",
                words("gallery.data.axle_rate"),
                words("gallery.data.source"),
                words("gallery.outcome.good"),
                "circle-check",
                Tone.GOOD,
            ),
            RowState(
                "c",
                words("gallery.data.long_name"),
                words("gallery.data.cause"),
                words("gallery.outcome.bad"),
                "circle-x",
                Tone.BAD,
                is_new=True,
            ),
        ),
        "b",
    )
    return specimen(words, "row_list", {"ready": rows}, columns=2)


def _codes(words: Words) -> QWidget:
    caption = words("gallery.data.scan")
    states = {
        "ready": QrState(ADDRESS, caption),
        "loading": QrState("", caption, Phase.LOADING, words("gallery.note.loading")),
        "error": QrState("x" * 3000, caption),
    }
    made: dict[str, QWidget] = {}
    for name, state in states.items():
        part = Qr(f"qr_{name}", words)
        part.show_qr(state)
        made[name] = part
    return specimen(words, "qr", made)


def _papers(words: Words) -> QWidget:
    made: dict[str, QWidget] = {}
    for state, rows in (("normal", 2), ("many", 12)):
        part = PaperView(f"paper_{state}", words("gallery.component.paper"), words("ui.training.ribbon"))
        part.show_document(_paper(words, rows))
        part.setFixedHeight(PAPER_PX)
        made[state] = part
    return specimen(words, "paper", made, columns=2)


def _paper(words: Words, rows: int) -> d.Document:
    item, value = words("gallery.sample.fill"), words("gallery.sample.check")
    table = d.Table(
        (d.Column(2, item), d.Column(1, value, d.Align.RIGHT)), (d.Row((item, "66.0 %")),) * rows, ruled=True
    )
    blocks = (
        d.text_line(words("gallery.component.paper"), d.Align.CENTRE, d.Size.LARGE, bold=True),
        d.Pair(words("gallery.sample.press"), PLATES["02"]),
        d.Rule(),
        table,
        d.text_line(words("gallery.sample.paragraph"), size=d.Size.SMALL),
    )
    return d.Document(d.DocumentKind.REPORT, "000017", words.language, d.Width.A4, blocks, simulated=True)
