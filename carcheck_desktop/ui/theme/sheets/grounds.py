"""Grounds, texts and tones."""

from __future__ import annotations

from string import Template

GROUNDS = Template("""
* { font-family: "$family"; font-size: ${body}px; color: $text; outline: none; }
QMainWindow, QWidget[kind="canvas"] { background: $canvas; }
QWidget[kind="clear"], QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QWidget[kind="bar"] { background: $bar; border: none; }
QWidget[kind="bar"] QLabel { color: $bar_text; }
QWidget[kind="bar"] QLabel[level="muted"] { color: $bar_muted; }
QWidget[kind="footer"] { background: $surface; border: none; border-top: ${edge}px solid $border; }
QToolTip { background: $bar; color: $bar_text; border: ${edge}px solid $bar_muted; padding: ${space_s}px; }

QLabel { background: transparent; border: none; }
QLabel:disabled { color: $disabled; }
QLabel[level="caption"] { font-size: ${caption}px; color: $text_muted; }
QLabel[level="muted"] { color: $text_muted; }
QLabel[level="strong"] { font-size: ${strong}px; font-weight: 700; }
QLabel[level="value"] { font-size: ${body}px; font-weight: 700; }
QLabel[level="section"] { font-size: ${body}px; font-weight: 700; color: $text_muted; }
QLabel[level="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[level="headline"] { font-size: ${headline}px; font-weight: 700; }
QLabel[level="figure"] { font-size: ${figure}px; font-weight: 700; }
QLabel[level="prompt"] { font-size: ${prompt}px; font-weight: 700; }
QLabel[level="wall_caption"] { font-size: ${wall_caption}px; }
QLabel[level="wall_muted"] { font-size: ${wall_caption}px; color: $text_muted; }
QLabel[level="wall_body"] { font-size: ${wall_body}px; }
QLabel[level="wall_strong"] { font-size: ${wall_strong}px; font-weight: 700; }
QLabel[level="wall_title"] { font-size: ${wall_title}px; font-weight: 700; }
QLabel[level="wall_clock"] { font-size: ${wall_clock}px; font-weight: 700; }
QWidget[kind="bar"] QLabel[level="wall_training"] { font-size: ${wall_caption}px; font-weight: 700;
  background: $training; color: $training_ink; border-radius: ${radius_l}px; padding: ${space_s}px ${space_m}px; }
""")

ELEVATION = Template("""
QWidget[kind="$kind"] { background: $ground; border: ${edge}px solid $line; border-radius: ${radius}px; }
""")

SHADOW = Template("""
QWidget[kind="$kind"] { border-bottom: ${depth}px solid $shadow; }
""")

TONES = Template("""
QWidget[kind="chip"][tone="$tone"], QWidget[kind="tile"][tone="$tone"], QWidget[kind="banner"][tone="$tone"] {
  background: $soft; border: ${edge}px $stroke $line; }
QLabel[tone="$tone"] { color: $ink; }
QWidget[kind="banner"][tone="$tone"] QLabel, QWidget[kind="chip"][tone="$tone"] QLabel { color: $ink; }
""")

SHAPES = Template("""
QWidget[kind="chip"] { border-radius: ${radius_l}px; }
QWidget[kind="tile"] { border-radius: ${radius_m}px; }
QWidget[kind="banner"] { border-radius: ${radius_m}px; }
QWidget[kind="training"] { background: $training; border: none; }
QWidget[kind="training"] QLabel { color: $training_ink; font-weight: 700; }
""")
