"""The room itself: no binary fractions and no way to the world outside."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest

from carcheck_desktop.base.catalogues import ROOT
from tests.standards.cars import TABLES

FILES = sorted((ROOT / "carcheck_desktop" / "standards").rglob("*.py"))
ALLOWED = {
    "__future__", "calendar", "collections.abc", "dataclasses", "datetime", "decimal", "enum", "fractions", "itertools",
    "tomllib", "typing",
}  # fmt: skip
FLOATING = {"float", "math", "statistics", "round", "complex", "numpy"}


def trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in FILES]


def floats_in(tree: ast.Module) -> list[str]:
    """Name every binary fraction of a module: literals, names, and divisions that may make one."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append(f"{node.lineno}: {node.value}")
        if isinstance(node, ast.Name) and node.id in FLOATING:
            found.append(f"{node.lineno}: {node.id}")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            both = {type(side) for side in (node.left, node.right)}
            if both == {ast.Constant}:
                found.append(f"{node.lineno}: division of two literals")
    return found


def test_there_is_something_to_look_at() -> None:
    assert {"edition.py", "brakes.py", "verdicts.py"} <= {path.name for path in FILES}


@pytest.mark.parametrize("code", ["x = 0.98", "x = float(3)", "x = round(y)", "x = 1 / 3"])
def test_a_planted_float_is_found(code: str) -> None:
    assert floats_in(ast.parse(code))


def test_no_binary_fraction_is_anywhere_in_the_room() -> None:
    assert {path.name: floats_in(tree) for path, tree in trees() if floats_in(tree)} == {}


def test_the_room_imports_only_exact_arithmetic_and_the_floors_below() -> None:
    for path, tree in trees():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            for name in names:
                is_ours = name.startswith(
                    ("carcheck_desktop.standards", "carcheck_desktop.domain", "carcheck_desktop.base")
                )
                assert is_ours or name in ALLOWED, f"{path.name} imports {name}"


def test_no_row_of_the_tables_holds_a_float() -> None:
    values = [figure for row in TABLES.limits.all() for figure in row.figures]
    values += [row.value for row in TABLES.constants.all()]
    assert {type(value) for value in values} == {Decimal}
