"""Parts of forms that are no plain controls: segments, the keys of provinces, a yes that destroys."""

from __future__ import annotations

from string import Template

FORMS = Template("""
QPushButton[role="segment"] { border-radius: 0; border-right: none; background: $surface; }
QPushButton[role="segment"]:hover { background: $sunken; }
QPushButton[role="segment"][place="first"] { border-top-left-radius: ${radius_m}px;
  border-bottom-left-radius: ${radius_m}px; }
QPushButton[role="segment"][place="last"] { border-right: ${edge}px solid $border_strong;
  border-top-right-radius: ${radius_m}px; border-bottom-right-radius: ${radius_m}px; }
QPushButton[role="segment"]:checked { background: $accent; color: $text_on_accent; border-color: $accent; }
QPushButton[role="segment"]:focus { border: ${ring}px solid $focus; padding: $button_pad_focus; }
QPushButton[role="segment"]:checked:focus { border: ${ring}px solid $focus_on_accent; background: $accent; }
QPushButton[role="segment"]:disabled { background: $sunken; color: $disabled; }
QPushButton[role="segment"]:checked:disabled { background: $sunken; color: $disabled;
  border: ${mark_edge}px solid $border_strong; }
QWidget[kind="segments"] { background: transparent; border: none; }
QPushButton[role="province"] { font-size: ${strong}px; font-weight: 700; min-height: ${field}px; padding: $field_pad;
  border-radius: ${radius_s}px; }
QPushButton[role="province"]:focus { padding: $field_pad_focus; }
QPushButton[role="province"][tone="bad"] { border: ${mark_edge}px solid $bad; padding: $field_pad_mark; }
QPushButton[role="province"][tone="bad"]:focus { border: ${big_ring}px solid $bad; padding: $field_pad_big;
  background: $bad_soft; }
QPushButton[role="key"] { font-size: ${strong}px; padding: 0; }
QPushButton[role="key"]:checked { background: $accent; color: $text_on_accent; }
QWidget[kind="popup"] { background: $raised; border: ${edge}px solid $border_strong; }
QPushButton[role="danger"] { background: $surface; color: $bad; border: ${mark_edge}px solid $bad;
  font-size: ${strong}px; font-weight: 700; min-height: ${big}px; padding: $big_pad; }
QPushButton[role="danger"]:hover { background: $bad_soft; }
QPushButton[role="danger"]:focus { background: $bad_soft; border: ${big_ring}px solid $bad; padding: $big_pad_focus; }
QPushButton[role="danger"]:disabled { background: $sunken; color: $disabled; border-color: $border_strong; }
QWidget[kind="overlay"] QWidget[kind="footer"] { background: $sunken; border-bottom-left-radius: ${radius_l}px;
  border-bottom-right-radius: ${radius_l}px; }
""")
