"""The editions that plans rest on, for the tests of planning."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.standards.loading.edition import parse
from carcheck_desktop.standards.planning.whole import Books
from tests.standards.cars import TABLES

BOOKS = Books(TABLES, parse((ROOT / "resources" / "standards" / "gb18285-2018.toml").read_bytes()))
ITEMS = [rows[0] for rows in TABLES.items.rows.values()]
