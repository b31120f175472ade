"""Lists, tables, scroll bars, and what pops up: the menu of a line of text, the choices of a box."""

from __future__ import annotations

from string import Template

LISTS = Template("""
QListView { background: transparent; border: ${edge}px solid transparent; border-radius: ${radius_m}px; }
QListView[kind="rows"] { border: ${ring}px solid transparent; }
QListView[kind="rows"][ring="on"] { border: ${ring}px solid $focus; }
QScrollArea[kind="paper"] { background: $surface; border: ${ring}px solid $border; border-radius: ${radius_s}px; }
QScrollArea[kind="paper"]:focus { border: ${ring}px solid $focus; }
QLabel[kind="paper"] { background: $surface; color: $text; }
QTableView { background: $surface; alternate-background-color: $sunken; border: ${ring}px solid transparent;
  border-radius: ${radius_s}px; gridline-color: $border; selection-background-color: $accent_soft;
  selection-color: $text; }
QTableView:focus { border: ${ring}px solid $focus; }
QTableView:disabled, QListView:disabled { color: $disabled; }
QTableView::item { padding: 0 ${space_s}px; min-height: ${row}px; border: ${ring}px solid transparent; }
QTableView::item:hover { background: $sunken; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView::item:focus { border: ${ring}px solid $focus; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text_muted; font-weight: 700; border: none;
  padding: 0 ${space_s}px; min-height: ${row}px; }
QHeaderView::section:horizontal { border-bottom: ${mark_edge}px solid $border_strong; }
QHeaderView::section:hover { color: $text; }
QHeaderView::section:pressed { background: $accent_soft; }

QScrollBar:vertical { background: transparent; width: ${scroll}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll}px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: ${scroll_round}px; margin: 1px; }
QScrollBar::handle:vertical { min-height: ${scroll_least}px; }
QScrollBar::handle:horizontal { min-width: ${scroll_least}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $accent; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
""")

POPUPS = Template("""
QComboBox QAbstractItemView { background: $raised; border: ${edge}px solid $border_strong; padding: 2px;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${row}px; padding: 0 ${space_s}px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $raised; border: ${edge}px solid $border_strong; padding: ${space_xs}px; }
QMenu::item { min-height: ${row}px; padding: 0 ${space_xl}px; border-radius: ${radius_s}px;
  border: ${edge}px solid transparent; }
QMenu::item:selected { background: $accent_soft; border-color: $accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: ${edge}px; background: $border; margin: ${space_xs}px ${space_s}px; }
""")
