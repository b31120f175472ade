"""The stylesheet has no rule for what no window has, and no figure that no rule takes."""

from __future__ import annotations

import re
from pathlib import Path

import carcheck_desktop
from carcheck_desktop.ui.theme.density import DESK
from carcheck_desktop.ui.theme.sheets import controls, forms, grounds, lists
from carcheck_desktop.ui.theme.stylesheet import _values
from carcheck_desktop.ui.theme.tokens import LIGHT

CODE = Path(carcheck_desktop.__file__).parent
RULES = "".join(
    part.template
    for room in (controls, forms, grounds, lists)
    for part in vars(room).values()
    if hasattr(part, "template")
)
OF_QT = {"QMenu", "QLabel", "QWidget", "QAbstractItemView", "QAbstractScrollArea", "QScrollBar"}
"""Parts that Qt makes by itself (a line of text has a menu), and families of parts."""


def test_every_kind_of_part_that_has_a_rule_stands_in_a_window() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in CODE.rglob("*.py")
        if CODE / "ui" / "theme" / "sheets" not in path.parents
    )
    named = set(re.findall(r"\bQ[A-Z]\w+", re.sub(r"\{[^}]*\}", "", RULES)))
    assert {name for name in named - OF_QT if not re.search(rf"\b{name}\b", sources)} == set()


def test_every_figure_is_taken_by_a_rule() -> None:
    taken = set(re.findall(r"\$\{?(\w+)", RULES))
    made = _values(LIGHT, 1.0, DESK)
    measures = {
        name for name in made if name.startswith(("icon_", "mark", "row", "arrow", "scroll", "button", "field", "big"))
    }
    assert measures - taken == set()
