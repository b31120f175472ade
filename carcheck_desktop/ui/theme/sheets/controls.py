"""What is pressed and filled in, in every state; a thicker border takes its place from the padding."""

from __future__ import annotations

from string import Template

BUTTONS = Template("""
QPushButton { background: $surface; color: $text; border: ${edge}px solid $border_strong;
  border-radius: ${radius_m}px; padding: $button_pad; min-height: ${button}px; font-size: ${body}px; }
QPushButton:hover { background: $sunken; border-color: $accent; }
QPushButton:pressed, QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:focus { background: $focus_soft; border: ${ring}px solid $focus; padding: $button_pad_focus; }
QPushButton:disabled { background: $sunken; color: $disabled; border-color: $border; }
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
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: $sunken; }
QPushButton[role="quiet"]:focus { background: $focus_soft; border-color: $focus; }
""")

FIELDS = Template("""
QLineEdit, QComboBox { background: $surface; color: $text; border: ${edge}px solid $border_strong;
  border-radius: ${radius_s}px; padding: $field_pad; min-height: ${field}px; font-size: ${strong}px;
  selection-background-color: $accent; selection-color: $text_on_accent; placeholder-text-color: $text_muted; }
QLineEdit:hover, QComboBox:hover { border-color: $accent; }
QLineEdit:read-only { background: $sunken; border-color: $border; }
QLineEdit[tone="bad"], QComboBox[tone="bad"] { border: ${mark_edge}px solid $bad; padding: $field_pad_mark;
  background: $bad_soft; }
QLineEdit[tone="caution"], QComboBox[tone="caution"] { border: ${mark_edge}px dashed $caution;
  padding: $field_pad_mark; }
QLineEdit:focus, QComboBox:focus { border: ${ring}px solid $focus; padding: $field_pad_focus;
  background: $focus_soft; }
QLineEdit[tone="bad"]:focus, QComboBox[tone="bad"]:focus { border: ${big_ring}px solid $bad;
  padding: $field_pad_big; background: $bad_soft; }
QLineEdit[tone="caution"]:focus, QComboBox[tone="caution"]:focus { border: ${big_ring}px solid $focus;
  padding: $field_pad_big; }
QLineEdit:disabled, QComboBox:disabled { background: $sunken; color: $disabled; border: ${edge}px solid $border;
  padding: $field_pad; }
QComboBox QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: ${arrow_room}px; subcontrol-origin: padding;
  subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$icon_down"); width: ${arrow}px; height: ${arrow}px; }
QComboBox::down-arrow:disabled { image: url("$icon_down_off"); }
""")

MARKS = Template("""
QCheckBox { spacing: ${space_s}px; min-height: ${mark_line}px; border: ${ring}px solid transparent;
  border-radius: ${radius_s}px; padding: 0 ${space_xs}px; }
QCheckBox:focus { border-color: $focus; background: $focus_soft; }
QCheckBox:disabled { color: $disabled; }
QCheckBox::indicator { width: ${mark}px; height: ${mark}px; background: $surface;
  border: ${mark_edge}px solid $border_strong; border-radius: ${radius_s}px; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:pressed { background: $accent_soft; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked { image: url("$icon_check"); }
QCheckBox::indicator:disabled { background: $sunken; border-color: $border; }
QCheckBox::indicator:checked:disabled { image: url("$icon_check_off"); }
""")
