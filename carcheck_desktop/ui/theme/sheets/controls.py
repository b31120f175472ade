"""What is pressed and filled in, in every state; a thicker border takes its place from the padding."""

from __future__ import annotations

from string import Template

BUTTONS = Template("""
QPushButton, QToolButton { background: $surface; color: $text; border: ${edge}px solid $border_strong;
  border-radius: ${radius_m}px; padding: $button_pad; min-height: ${button}px; font-size: ${body}px; }
QPushButton:hover, QToolButton:hover { background: $sunken; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $accent_soft;
  border-color: $accent; }
QPushButton:focus, QToolButton:focus { background: $focus_soft; border: ${ring}px solid $focus;
  padding: $button_pad_focus; }
QPushButton:disabled, QToolButton:disabled { background: $sunken; color: $disabled; border-color: $border; }
QPushButton[role="primary"] { background: $accent; color: $text_on_accent; border: ${edge}px solid $accent;
  font-size: ${strong}px; font-weight: 700; min-height: ${big}px; padding: $big_pad; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:focus { border: ${big_ring}px solid $focus_on_accent; padding: $big_pad_focus; }
QPushButton[role="stop"] { background: $stop; color: $on_stop; border: ${edge}px solid $stop;
  font-size: ${title}px; font-weight: 700; min-height: ${big}px; padding: $big_pad; }
QPushButton[role="stop"]:hover { background: $stop_hover; }
QPushButton[role="stop"]:pressed { background: $stop_pressed; }
QPushButton[role="stop"]:focus { border: ${big_ring}px solid $focus_on_accent; padding: $big_pad_focus; }
QPushButton[role="primary"]:disabled, QPushButton[role="stop"]:disabled { background: $sunken; color: $disabled;
  border-color: $border_strong; }
QPushButton[role="large"] { min-height: ${big}px; font-size: ${strong}px; }
QPushButton[role="bar"] { background: transparent; color: $bar_text; border: ${edge}px solid $bar_muted; }
QPushButton[role="bar"]:hover { background: $bar_hover; }
QPushButton[role="bar"]:focus { border: ${ring}px solid $bar_text; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $sunken; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { background: $focus_soft; border-color: $focus; }
""")

FIELDS = Template("""
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: ${edge}px solid $border_strong; border-radius: ${radius_s}px;
  padding: $field_pad; min-height: ${field}px; font-size: ${strong}px;
  selection-background-color: $accent; selection-color: $text_on_accent; placeholder-text-color: $text_muted; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover, QPlainTextEdit:hover { border-color: $accent; }
QLineEdit:read-only, QPlainTextEdit:read-only, QAbstractSpinBox:read-only { background: $sunken;
  border-color: $border; }
QLineEdit[tone="bad"], QComboBox[tone="bad"], QAbstractSpinBox[tone="bad"], QPlainTextEdit[tone="bad"] {
  border: ${mark_edge}px solid $bad; padding: $field_pad_mark; background: $bad_soft; }
QLineEdit[tone="caution"], QComboBox[tone="caution"], QAbstractSpinBox[tone="caution"],
QPlainTextEdit[tone="caution"] { border: ${mark_edge}px dashed $caution; padding: $field_pad_mark; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: ${ring}px solid $focus; padding: $field_pad_focus; background: $focus_soft; }
QLineEdit[tone="bad"]:focus, QComboBox[tone="bad"]:focus, QAbstractSpinBox[tone="bad"]:focus,
QPlainTextEdit[tone="bad"]:focus { border: ${big_ring}px solid $bad; padding: $field_pad_big; background: $bad_soft; }
QLineEdit[tone="caution"]:focus, QComboBox[tone="caution"]:focus, QAbstractSpinBox[tone="caution"]:focus,
QPlainTextEdit[tone="caution"]:focus { border: ${big_ring}px solid $focus; padding: $field_pad_big; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: $sunken; color: $disabled; border: ${edge}px solid $border; padding: $field_pad; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QTimeEdit QLineEdit { padding-left: ${space_s}px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: ${arrow_room}px;
  subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$icon_down"); width: ${arrow}px; height: ${arrow}px; }
QComboBox::down-arrow:disabled, QDateEdit::down-arrow:disabled { image: url("$icon_down_off"); }
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button { border: none; width: ${arrow_room}px;
  subcontrol-origin: padding; subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button { border: none; width: ${arrow_room}px;
  subcontrol-origin: padding; subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow { image: url("$icon_up");
  width: ${arrow}px; height: ${arrow}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow { image: url("$icon_down");
  width: ${arrow}px; height: ${arrow}px; }
QSpinBox::up-arrow:disabled, QSpinBox::up-arrow:off, QDoubleSpinBox::up-arrow:disabled,
QDoubleSpinBox::up-arrow:off { image: url("$icon_up_off"); }
QSpinBox::down-arrow:disabled, QSpinBox::down-arrow:off, QDoubleSpinBox::down-arrow:disabled,
QDoubleSpinBox::down-arrow:off { image: url("$icon_down_off"); }
""")

MARKS = Template("""
QCheckBox, QRadioButton { spacing: ${space_s}px; min-height: ${mark_line}px; border: ${ring}px solid transparent;
  border-radius: ${radius_s}px; padding: 0 ${space_xs}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; background: $focus_soft; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${mark}px; height: ${mark}px; background: $surface;
  border: ${mark_edge}px solid $border_strong; border-radius: ${radius_s}px; }
QRadioButton::indicator { border-radius: ${mark_round}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:pressed, QRadioButton::indicator:pressed { background: $accent_soft; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked { image: url("$icon_check"); }
QCheckBox::indicator:indeterminate { image: url("$icon_minus"); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
  fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $surface, stop: 1 $surface); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $sunken; border-color: $border; }
QCheckBox::indicator:checked:disabled { image: url("$icon_check_off"); }
QCheckBox::indicator:indeterminate:disabled { image: url("$icon_minus_off"); }
QRadioButton::indicator:checked:disabled { border-color: $border; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $disabled, stop: 0.5 $disabled, stop: 0.6 $sunken, stop: 1 $sunken); }
QProgressBar { background: $sunken; border: ${edge}px solid $border_strong; border-radius: ${radius_s}px;
  min-height: ${progress}px; text-align: center; color: $text; }
QProgressBar::chunk { background: $accent; border-radius: ${radius_inner}px; }
QProgressBar:disabled { color: $disabled; border-color: $border; }
QProgressBar::chunk:disabled { background: $border_strong; }
""")
