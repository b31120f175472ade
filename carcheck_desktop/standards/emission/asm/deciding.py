"""What a mode came to, second by second: fast check, moving means, end of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.emission.asm.clock import rules_of, ticks
from carcheck_desktop.standards.emission.asm.modes import AsmDecision, AsmMode
from carcheck_desktop.standards.families.axes import Switch

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.asm.clock import Tick
    from carcheck_desktop.standards.emission.asm.timeline import Timeline
    from carcheck_desktop.standards.emission.asm.windows import Window, Windows

WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a mode on its clock: when the fast check is, when the mode ends, and how long it may take in all."""

    fast_at_s: int
    end_s: int
    longest_s: int
    fast_percent: Fraction
    abort_percent: Fraction | None
    """None while the rule is off."""
    abort_s: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision, the second that made it, the window that is reported, the last fast check, or why nothing counts."""

    decision: AsmDecision
    tick: Tick | None = None
    window: Window | None = None
    fast: Window | None = None
    reason: Message | None = None


def plan_of(case: Case) -> Plan:
    """Return the plan on the day."""
    is_abort = case.choice("asm_500_percent") == Switch.ON
    return Plan(
        fast_at_s=int(case.constant("asm_prepare_s") + case.constant("asm_window_s")) - 1,
        end_s=int(case.constant("asm_end_s")),
        longest_s=int(case.constant("asm_longest_s")),
        fast_percent=Fraction(case.constant("asm_fast_percent")),
        abort_percent=Fraction(case.constant("asm_abort_percent")) if is_abort else None,
        abort_s=int(case.constant("asm_abort_s")),
    )


def decide(case: Case, mode: AsmMode, line: Timeline, windows: Windows) -> Decided:
    """Return what the seconds from t = 0 on came to; the windows are over the same seconds."""
    seconds = line.seconds
    plan, run = plan_of(case), _Run(mode, windows)
    for tick in ticks(rules_of(case, mode), seconds, line.lead):
        if tick.index >= plan.longest_s:
            return run.invalid(tick, Message("standards.asm.too_long", {"longest_s": plan.longest_s}))
        found = run.second(plan, tick)
        if found is not None:
            return found
    return run.invalid(None, Message("standards.asm.short", {"seconds": len(seconds), "wanted": plan.end_s}))


class _Run:
    """A mode while its seconds pass."""

    def __init__(self, mode: AsmMode, windows: Windows) -> None:
        self._missed = AsmDecision.NEXT_ASM2540 if mode is AsmMode.ASM5025 else AsmDecision.FAIL
        self._windows = windows
        self._fast: Window | None = None
        self._last: int | None = None
        """The last second of the last window whose speed was steady."""

    def second(self, plan: Plan, tick: Tick) -> Decided | None:
        """Take one second; return the decision if it made one."""
        clock = tick.clock_s
        if clock is None or clock < plan.fast_at_s:
            self._last = None
            return None
        windows, end = self._windows, tick.index
        if plan.abort_percent is not None and windows.is_beyond(end, plan.abort_percent, plan.abort_s):
            return Decided(AsmDecision.FAIL, tick, windows.at(end), self._fast)
        if clock == plan.fast_at_s:
            self._fast = windows.at(end)
            if windows.passes(end, plan.fast_percent):
                return Decided(AsmDecision.FAST_PASS, tick, self._fast, self._fast)
        elif windows.passes(end, WHOLE):
            return Decided(AsmDecision.PASS, tick, windows.at(end), self._fast)
        self._last = end if windows.is_steady(end) else self._last
        return self._ended(tick) if clock >= plan.end_s - 1 else None

    def invalid(self, tick: Tick | None, reason: Message) -> Decided:
        """Return that nothing counts."""
        return Decided(AsmDecision.INVALID, tick, None, self._fast, reason)

    def _ended(self, tick: Tick) -> Decided:
        if self._last is None:
            return self.invalid(tick, Message("standards.asm.no_window"))
        return Decided(self._missed, tick, self._windows.at(self._last), self._fast)
