"""Lists, tables, tabs, scroll bars, and what pops up: menus, the choices of a box, the calendar."""

from __future__ import annotations

from string import Template

LISTS = Template("""
QListView { background: transparent; border: ${edge}px solid transparent; border-radius: ${radius_m}px; }
QListView[kind="rows"] { border: ${ring}px solid transparent; }
QListView[kind="rows"][ring="on"] { border: ${ring}px solid $focus; }
QTableView, QTreeView, QListView[kind="choices"] { background: $surface; alternate-background-color: $sunken;
  border: ${edge}px solid $border; border-radius: ${radius_s}px; gridline-color: $border;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView[kind="choices"]:focus { border: ${ring}px solid $focus; }
QTableView:disabled, QTreeView:disabled, QListView:disabled { color: $disabled; }
QTableView::item, QListView[kind="choices"]::item { padding: 0 ${space_s}px; min-height: ${row}px;
  border: ${ring}px solid transparent; }
QTableView::item:hover, QListView[kind="choices"]::item:hover { background: $sunken; }
QTableView::item:selected, QListView[kind="choices"]::item:selected { background: $accent_soft; color: $text; }
QTableView::item:focus { border: ${ring}px solid $focus; }
QListView[kind="choices"]:focus::item:selected { border: ${ring}px solid $focus; background: $focus_soft; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text_muted; font-weight: 700; border: none;
  padding: 0 ${space_s}px; min-height: ${row}px; }
QHeaderView::section:horizontal { border-bottom: ${mark_edge}px solid $border_strong; }
QHeaderView::section:vertical { border-right: ${edge}px solid $border_strong; }
QHeaderView::section:hover { color: $text; }
QHeaderView::section:pressed { background: $accent_soft; }
QHeaderView::up-arrow { image: url("$icon_up"); width: ${arrow}px; height: ${arrow}px; }
QHeaderView::down-arrow { image: url("$icon_down"); width: ${arrow}px; height: ${arrow}px; }
QTableCornerButton::section { background: $sunken; border: none; }

QTabWidget::pane { border: ${edge}px solid $border; border-radius: ${radius_s}px; background: $surface; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $text_muted; padding: 0 ${space_l}px; min-height: ${row}px;
  border: ${ring}px solid transparent; border-bottom: 3px solid transparent; }
QTabBar::tab:hover { color: $text; background: $sunken; }
QTabBar::tab:selected { color: $accent_ink; font-weight: 700; border-bottom-color: $accent_ink; }
QTabBar::tab:selected:focus { border-color: $focus; background: $focus_soft; }
QTabBar::tab:disabled { color: $disabled; }

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
QMenu::indicator:checked { image: url("$icon_tick"); width: ${arrow}px; height: ${arrow}px; }
QCalendarWidget QWidget { background: $raised; alternate-background-color: $sunken; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $sunken; }
QCalendarWidget QToolButton { background: transparent; border: ${edge}px solid transparent; min-height: ${row}px;
  font-weight: 700; padding: 0 ${space_s}px; }
QCalendarWidget QToolButton:hover { background: $accent_soft; }
QCalendarWidget QToolButton:focus { border: ${ring}px solid $focus; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-icon: url("$icon_left"); }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-icon: url("$icon_right"); }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView { background: $raised; color: $text; border: none;
  selection-background-color: $accent; selection-color: $text_on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $disabled; }
QCalendarWidget QTableView { border: none; border-radius: 0; }
QCalendarWidget QTableView::item { padding: 0; min-height: 0; border: none; }
QCalendarWidget QTableView::item:selected { background: $accent; color: $text_on_accent; }
QCalendarWidget QSpinBox { min-height: ${row}px; }
""")
