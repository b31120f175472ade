"""Supervision as a kind of record, with a worked example."""

from __future__ import annotations

from typing import Any

from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.supervision.judging import judge_supervision
from carcheck_desktop.standards.supervision.reports import Supervision

REPORTS = [
    {"report": "R1", "vin": "VIN-A", "model": "M1", "cal_id": "ABCD1234", "cvn": "11223344"},
    {"report": "R2", "vin": "VIN-B", "model": "M2", "cal_id": "ABCD1234", "cvn": "11223344"},
    {"report": "R3", "vin": "VIN-C", "model": "M1", "cal_id": "EFGH5678", "cvn": "55667788"},
]
KINDS: tuple[Kind[Any], ...] = (
    Kind(
        "supervision",
        "equipment",
        Supervision,
        judge_supervision,
        {"date": "2026-03-01", "measurements": [{"kind": "supervision", "reports": REPORTS}]},
    ),
)
