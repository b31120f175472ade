"""The one stylesheet, built from the tokens for a palette and a scale; no component styles itself.

Widgets say what they are by the dynamic properties `kind` (card, bar, chip …), `level` (a step of
the type scale), `tone` (a `Tone`) and `role` (primary, stop, quiet): `restyle` sets them.
"""

from __future__ import annotations

from string import Template

from carcheck_desktop.ui.theme.density import DESK, Density
from carcheck_desktop.ui.theme.fonts import FAMILY
from carcheck_desktop.ui.theme.icons import FOLDER
from carcheck_desktop.ui.theme.tokens import (
    RADIUS_L,
    RADIUS_M,
    RADIUS_S,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE,
    Palette,
    Tone,
)

_GROUND = Template("""
* { font-family: "$family"; font-size: ${body}px; color: $text; outline: none; }
QMainWindow, QWidget[kind="canvas"] { background: $canvas; }
QDialog { background: $surface; }
QWidget[kind="clear"], QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QWidget[kind="card"] { background: $surface; border: 1px solid $border; border-radius: ${radius_l}px; }
QWidget[kind="sunken"] { background: $sunken; border: 1px solid $border; border-radius: ${radius_m}px; }
QWidget[kind="bar"] { background: $bar; border: none; }
QWidget[kind="bar"] QLabel { color: $bar_text; }
QWidget[kind="bar"] QLabel[level="muted"] { color: $bar_muted; }
QWidget[kind="footer"] { background: $surface; border: none; border-top: 1px solid $border; }
QDialog QWidget[kind="footer"] { background: $sunken; }
QToolTip { background: $bar; color: $bar_text; border: none; padding: ${space_s}px; }

QLabel { background: transparent; border: none; }
QLabel[level="caption"] { font-size: ${caption}px; color: $text_muted; }
QLabel[level="muted"] { color: $text_muted; }
QLabel[level="strong"] { font-size: ${strong}px; font-weight: 700; }
QLabel[level="value"] { font-size: ${body}px; font-weight: 700; }
QLabel[level="section"] { font-size: ${body}px; font-weight: 700; color: $text_muted; }
QLabel[level="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[level="headline"] { font-size: ${headline}px; font-weight: 700; }
QLabel[level="prompt"] { font-size: ${prompt}px; font-weight: 700; }
QLabel[level="wall_muted"] { font-size: ${wall_caption}px; color: $text_muted; }
QLabel[level="wall_body"] { font-size: ${wall_body}px; }
QLabel[level="wall_strong"] { font-size: ${wall_strong}px; font-weight: 700; }
QLabel[level="wall_title"] { font-size: ${wall_title}px; font-weight: 700; }
QLabel[level="wall_clock"] { font-size: ${wall_clock}px; font-weight: 700; }
QWidget[kind="bar"] QLabel[level="wall_training"] { font-size: ${wall_caption}px; font-weight: 700;
  background: $training; color: $training_ink; border-radius: ${radius_l}px; padding: ${space_s}px ${space_m}px; }
QLabel[level="figure"] { font-size: ${figure}px; font-weight: 700; }
""")

_CONTROLS = Template("""
QPushButton { background: $surface; border: 1px solid $border_strong; border-radius: ${radius_m}px;
  padding: ${space_xs}px ${space_m}px; min-height: ${control}px; font-size: ${body}px; }
QPushButton:hover { background: $sunken; border-color: $accent; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $focus; padding: 3px 11px; }
QPushButton:disabled { background: $sunken; color: $disabled; border-color: $border; }
QPushButton[role="primary"] { background: $accent; color: $text_on_accent; border: 1px solid $accent;
  font-size: ${strong}px; font-weight: 700; min-height: ${big}px; padding: 4px 20px; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:focus { border: 3px solid $focus_on_accent; padding: 2px 18px; }
QPushButton[role="primary"]:disabled { background: $sunken; color: $disabled; border-color: $border_strong; }
QPushButton[role="stop"] { background: $stop; color: $on_stop; border: 1px solid $stop;
  font-size: ${title}px; font-weight: 700; min-height: ${big}px; padding: 4px 24px; }
QPushButton[role="stop"]:hover { background: $stop_hover; }
QPushButton[role="stop"]:pressed { background: $stop_pressed; }
QPushButton[role="stop"]:focus { border: 3px solid $text; padding: 2px 22px; }
QPushButton[role="stop"]:disabled { background: $sunken; color: $disabled; border-color: $border_strong; }
QPushButton[role="large"] { min-height: ${big}px; font-size: ${strong}px; }
QPushButton[role="bar"] { background: transparent; color: $bar_text; border: 1px solid $bar_muted; }
QPushButton[role="bar"]:hover { background: $bar_hover; }
QPushButton[role="bar"]:focus { border: 2px solid $bar_text; }

QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit { background: $surface; border: 1px solid $border_strong;
  border-radius: ${radius_s}px; padding: 3px 8px; min-height: ${control}px; font-size: ${strong}px;
  selection-background-color: $accent; selection-color: $text_on_accent; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus {
  border: 2px solid $focus; padding: 2px 7px; }
QLineEdit:disabled, QComboBox:disabled { background: $sunken; color: $disabled; }
QLineEdit[tone="bad"], QComboBox[tone="bad"] { border: 2px solid $bad; padding: 2px 7px; }
QLineEdit[tone="caution"], QComboBox[tone="caution"] { border: 2px solid $caution; padding: 2px 7px; }
QLineEdit[tone="bad"]:focus, QComboBox[tone="bad"]:focus { border: 3px solid $bad; padding: 1px 6px; background: $bad_soft; }
QLineEdit[tone="caution"]:focus, QComboBox[tone="caution"]:focus { border: 3px solid $focus; padding: 1px 6px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border_strong;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$arrow"); width: 16px; height: 16px; }
QCheckBox { spacing: 8px; min-height: ${control}px; border: 2px solid transparent; border-radius: ${radius_s}px;
  padding: 0 4px; }
QCheckBox:focus { border-color: $focus; }
QListView { background: transparent; border: none; border-radius: ${radius_m}px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $border_strong; border-radius: 4px; min-height: 28px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")

_TONE = Template("""
QWidget[kind="chip"][tone="$tone"], QWidget[kind="tile"][tone="$tone"], QWidget[kind="banner"][tone="$tone"] {
  background: $soft; border: 1px solid $line; }
QLabel[tone="$tone"] { color: $ink; }
QWidget[kind="banner"][tone="$tone"] QLabel, QWidget[kind="chip"][tone="$tone"] QLabel { color: $ink; }
""")

_SHAPES = Template("""
QWidget[kind="chip"] { border-radius: ${radius_l}px; }
QWidget[kind="tile"] { border-radius: ${radius_m}px; }
QWidget[kind="banner"] { border-radius: ${radius_m}px; }
QWidget[kind="training"] { background: $training; border: none; }
QWidget[kind="training"] QLabel { color: $training_ink; font-weight: 700; }
""")


def stylesheet(palette: Palette, scale: float = 1.0, density: Density = DESK) -> str:
    """Return the stylesheet of a palette with all text `scale` times as large."""
    values = _values(palette, scale, density)
    parts = [template.substitute(values) for template in (_GROUND, _CONTROLS)]
    for tone, colours in palette.tones.items():
        words = {"tone": tone.value, "ink": colours.ink, "soft": colours.soft, "line": colours.line}
        parts.append(_TONE.substitute(words))
    parts.append(_SHAPES.substitute(values))
    return "".join(parts)


def _values(palette: Palette, scale: float, density: Density) -> dict[str, str]:
    sizes = {name: getattr(TYPE, name) for name in TYPE.__slots__}
    values = {name: str(round(size * scale * density.text)) for name, size in sizes.items()}
    plain = {name: getattr(palette, name) for name in palette.__slots__ if name != "tones"}
    values.update({name: str(colour) for name, colour in plain.items()})
    values.update(
        family=FAMILY,
        control=str(round(density.control_px * scale)),
        big=str(round(density.big_px * scale)),
        radius_s=str(RADIUS_S),
        radius_m=str(RADIUS_M),
        radius_l=str(RADIUS_L),
        space_xs=str(SPACE_XS),
        space_s=str(SPACE_S),
        space_m=str(SPACE_M),
        disabled=palette.tones[Tone.OFF].ink,
        bad=palette.tones[Tone.BAD].ink,
        bad_soft=palette.tones[Tone.BAD].soft,
        caution=palette.tones[Tone.CAUTION].line,
        focus_on_accent=palette.text,
        arrow=(FOLDER / "chevron-down.svg").as_posix(),
    )
    return values
