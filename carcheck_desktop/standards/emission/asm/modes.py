"""The two modes with their quantities, and the three gases that are judged together."""

from __future__ import annotations

from enum import StrEnum

from carcheck_desktop.domain.verdicts import Quantity


class AsmMode(StrEnum):
    """The steady-state modes: share of the load and speed."""

    ASM5025 = "asm5025"
    ASM2540 = "asm2540"


class AsmDecision(StrEnum):
    """What a mode came to."""

    FAST_PASS = "fast_pass"  # noqa: S105 - a decision, not a secret
    """All three gases at or below half of their limits in the fast check (快速检查)."""
    PASS = "pass"  # noqa: S105 - a decision, not a secret
    NEXT_ASM2540 = "next_asm2540"
    """ASM5025 was not passed: ASM2540 must follow and decides."""
    FAIL = "fail"
    INVALID = "invalid"


class AsmGas(StrEnum):
    """What is judged in each mode."""

    CO = "co"
    HC = "hc"
    NO = "no"


QUANTITIES = {
    AsmMode.ASM5025: {
        AsmGas.CO: Quantity.ASM5025_CO,
        AsmGas.HC: Quantity.ASM5025_HC,
        AsmGas.NO: Quantity.ASM5025_NO,
    },
    AsmMode.ASM2540: {
        AsmGas.CO: Quantity.ASM2540_CO,
        AsmGas.HC: Quantity.ASM2540_HC,
        AsmGas.NO: Quantity.ASM2540_NO,
    },
}
UNITS = {AsmGas.CO: "percent", AsmGas.HC: "ppm", AsmGas.NO: "ppm"}
"""Unit of each gas as names of figures carry it."""
