"""Samples of the facts of the custody of table files."""

from __future__ import annotations

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.tables import ApprovedTable, FaultKind, TableFault, ValueChange

CHANGE = ValueChange("limit axle_brake_rate.front value", "60", "50")

TABLE_SAMPLES: tuple[f.Fact, ...] = (
    f.TablesAdopted("0.1.0", (ApprovedTable("gb38900-2020.toml", "GB 38900-2020", "ab" * 32),), "ef" * 32, "cd" * 64),
    f.TableApproved(
        "gb38900-2020.toml",
        "GB 38900-2020",
        "ab" * 32,
        "cd" * 32,
        (CHANGE,),
        "0.2.0",
        "boss",
        "zhou",
        "ef" * 32,
        "cd" * 64,
    ),
    f.TablesChecked(
        (TableFault("gb38900-2020.toml", FaultKind.CHANGED, "ab" * 32, "cd" * 32, (CHANGE,), "0.2.0", "detail"),)
    ),
)
