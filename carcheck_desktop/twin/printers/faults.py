"""What can be wrong with a fake printer, switched by name while it runs."""

from __future__ import annotations

from dataclasses import dataclass, fields

MOST = 100_000.0


@dataclass
class PrinterFaults:
    """The switches of one printer.

    `power_off` cuts its power: the connection drops, what was in its memory is lost, a page that was begun hangs half out; off
    again is power on. `paper_left_dots` counts down to `paper_out` (0: no count). `cutter_error` keeps the knife from cutting
    until it is off again. `stall` stops reading and printing. `silent` prints and answers nothing; `garbage` answers with bytes
    that no printer sends, `two_bytes` with the right byte twice, `hangs_up` closes the connection instead of an answer.
    `dies_before_cut` and `dies_after_cut` turn the power off once, when everything has come and at the cut: just before it, or
    just after the page fell. `slow` prints at half its speed.
    """

    power_off: bool = False
    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_near_end: bool = False
    paper_left_dots: float = 0.0
    cutter_error: bool = False
    stall: bool = False
    silent: bool = False
    garbage: bool = False
    two_bytes: bool = False
    hangs_up: bool = False
    dies_before_cut: bool = False
    dies_after_cut: bool = False
    slow: bool = False

    @property
    def is_halted(self) -> bool:
        """Whether the mechanism stands still."""
        return self.offline or self.cover_open or self.paper_out or self.stall


SWITCHES = tuple(each.name for each in fields(PrinterFaults))


def switches_of(faults: PrinterFaults) -> dict[str, bool | float]:
    """Return every switch with its present value."""
    return {name: getattr(faults, name) for name in SWITCHES}


def set_switches(faults: PrinterFaults, wanted: dict[str, bool | float]) -> None:
    """Set switches by name; raise `ValueError` for an unknown one or a value of another kind, and set nothing then."""
    present = switches_of(faults)
    for name, value in wanted.items():
        if name not in present:
            raise ValueError(f"unknown: {name}; known: {', '.join(present)}")
        if isinstance(present[name], bool) != isinstance(value, bool) or not 0 <= value <= MOST:
            raise ValueError(f"{name} = {value}")
    for name, value in wanted.items():
        setattr(faults, name, value)
