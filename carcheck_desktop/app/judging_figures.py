"""The part of docs/judge.md on exhaust and equipment: how the rules work, and every figure of the tables behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.app.judging_page import table
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.standards.loading.edition import Edition

NOT_HERE = "safety"
EXHAUST = """### Exhaust and equipment: the figures behind the rules

**Steady-state modes.** t = 0 is where the speed has been in its band for `asm_steady_s`; seconds before it may be given (negative `t_s`),
and where they were not steady the clock starts once the vehicle has been. The band is `asm_band_kmh` either side, ends included, and
`asm_torque_percent` of the torque where `torque_off_percent` is given. Out of it for `asm_out_running_s` running, or `asm_out_total_s`
in all, the clock goes back to 0; it runs again at once, or after `asm_steady_s` (setting `asm_restart`). Ten seconds count where every
speed differs from the first by less than `asm_window_kmh`. The fast check is at 19 s on the clock, each later second looks at the last
ten, at 89 s the mode ends; of seconds after the one that decided no figure goes into a result, but a stalled engine, diluted exhaust or a
lost second among them still makes the mode invalid. After `asm_longest_s` in all, clock put back or not, the mode does not count. Run
although ASM5025 was passed, ASM2540 is told and not judged.

**Two-speed idle.** The high idle must lie in its band; the idle has a band of our own only (`idle_low_rpm` to `idle_high_rpm`), and a
second out of it counts with a doubt unless the setting `idle_band` says `applied`. More seconds than `sample_s` may be given.

**Any petrol exhaust.** A reading above `analyser_most_…` in a series and, in a loaded method, air colder than −`driving_frost_C` or hotter
than `driving_to_C` make the test invalid. `fuel` must be one that `vehicle.fuel` names. A bi-fuel vehicle of which the record has one fuel
only gets an `emission_overall` card that is `not_judged` and names the other. A method that the vehicle must not have is told by an
`emission_method` card on which no conclusion rests. HC of natural gas over its limit is `not_judged` with that limit beside it (setting
`natural_gas_hc`).

**The whole emission inspection.** A check by eye or a deciding diagnosis that failed is final: the whole fails even where another part
is invalid. A whole of which no part was passed and none failed (all `exempt`), and a check by eye of which every item is
`not_applicable`, conclude nothing.

**Power of a diesel.** A limit of the platform for `wheel_power_share` is in percent of the rated power, as the table's; one for
`lugdown_power` is in kW, as its card and as platforms send it. More than `power_doubt_percent` of the rated power is doubtful.

**Equipment.** A quarter counts as 92 days. `now` of a `lockout` is on the day of the record. A device that is locked for another reason
than age has no limit and no margin on its card. In Guangzhou low gas is wanted since Monday of the running week, on Monday itself
since the one before; parasitic power since the first of the month, in its first week since that of the month before.

Several values in one input stand with `, ` between them; yes and no are the words `yes` and `no`.

Every figure, with how well it is known (the thresholds of supervision are the `supervision_…`):
"""


def figures(editions: Sequence[Edition]) -> Iterator[str]:
    """Yield the part: the rules in words, the constants of exhaust and equipment, and how old a check may be."""
    yield EXHAUST
    constants = [
        [edition.edition, f"`{row.key}`", plain(row.value), row.unit, row.ground.confidence.value, row.ground.note]
        for edition in sorted(editions, key=lambda each: (each.family.name, each.valid_from))
        if edition.family.name != NOT_HERE
        for row in edition.constants.all()
    ]
    yield table(("edition", "constant", "value", "unit", "confidence", ""), constants)
    yield "How old a check may be, in hours, before the device is locked (`lockout` without `interval_h`):\n"
    ages = [
        [f"`{limit.key}`", plain(limit.value), limit.ground.confidence.value, limit.ground.note]
        for edition in editions
        for limit in edition.limits.all()
        if limit.quantity is Quantity.CHECK_AGE
    ]
    yield table(("rule", "hours", "confidence", ""), ages)
