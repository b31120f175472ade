"""Interleaved rounds of all readers on one slave: unpaced, then through the pacer at true speeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise

from benchmarks.machine import Spread, middle, ms, ratio
from benchmarks.native import libmodbus_version, serving
from benchmarks.read_ten import readers
from benchmarks.report import Goal, Result, Table

ROUNDS = 3
C, OURS = "libmodbus in C", "**our driver's `read_many`**: wire log on, ten Readings"
LAYERS: Mapping[str, readers.Reader] = {
    "our codec over `os.read`": readers.codec_only,
    "+ line (deadlines, late bytes, repeats, counts)": readers.with_line,
    "+ wire log": readers.with_wire_log,
    OURS: readers.read_many,
    "the same, awaited in a loop through the line's thread": readers.awaited,
}
PEERS: Mapping[str, readers.Reader] = {
    "pymodbus synchronous client": readers.pymodbus_client,
    "minimalmodbus": readers.minimal_modbus,
}
SLOW = frozenset(PEERS)
UNPACED_GOAL, PACED_GOAL = 0.33, 0.95
Rounds = Mapping[str, Sequence[Spread]]


def run(*, quick: bool) -> Result:
    """Measure the read on a bare pseudo-terminal, through the pacer without pace, and at 9600 and 115200."""
    reads = 300 if quick else 4000
    everyone = {C: readers.libmodbus, **LAYERS, **PEERS}
    compared = {C: readers.libmodbus, OURS: readers.read_many}
    with serving("slave") as path:
        bare = rounds_of(everyone, path, 115200, reads)
        relayed = through_pacer(everyone, path, 0, reads)
        slow = through_pacer(compared, path, 9600, 10 if quick else 100)
        fast = through_pacer(compared, path, 115200, 50 if quick else 600)
    tables = [
        table("Unpaced: the slave itself at the other end of the pseudo-terminal", bare),
        table("Unpaced: the slave behind the relay that paces below, its pace off", relayed),
        table("At true 9600 baud", slow),
        table("At true 115200 baud", fast),
    ]
    goals = [
        _goal("unpaced, slave at the other end of the pty", bare, UNPACED_GOAL),
        _goal("unpaced, through the relay", relayed, UNPACED_GOAL),
        _goal("at true 9600", slow, PACED_GOAL),
        _goal("at true 115200", fast, PACED_GOAL),
    ]
    return Result("Ten registers in one read (`read_ten`)", HOW.format(libmodbus_version()), tables, goals, NOTES)


HOW = """One FC 04 of input registers 20 to 29 from one slave, a C program of libmodbus {}, by every reader in turn, three
interleaved rounds. A ratio compares reads a second (the median read) with libmodbus in C in the same round; the table has
the median round. Each of our layers is measured by itself; what it adds is the difference to the row above."""
NOTES = (
    """Our row is called from a plain thread and does what no other row does: every byte in the wire log with its time,
  deadline and repeat, and ten readings with unit, quality, origin, device and time instead of ten numbers.""",
    "The paced line carries each byte in its own time (10 bits), so nobody can be faster than its 33 bytes.",
    """What is nearest to the goal's own measurement is the slave behind the relay: libmodbus itself needs twice as long
  there as on a bare pseudo-terminal, where it is a few system calls and every line of Python counts.""",
)


def through_pacer(who: Mapping[str, readers.Reader], path: str, baud: int, reads: int) -> Rounds:
    """Measure behind the pacer at a speed, 0 for none."""
    with ExitStack() as held:
        paced = held.enter_context(serving("pacer", path, str(baud)))
        return rounds_of(who, paced, baud or 115200, reads)


def rounds_of(who: Mapping[str, readers.Reader], path: str, baud: int, reads: int) -> Rounds:
    """Let everyone read in turn, three times."""
    found: dict[str, list[Spread]] = {name: [] for name in who}
    for _ in range(ROUNDS):
        for name, reader in who.items():
            found[name].append(reader(path, baud, max(5, reads // 20) if name in SLOW else reads))
    return found


def share_of_c(rounds: Rounds, name: str) -> float:
    """Return reads a second relative to libmodbus in C, the median of the rounds."""
    return middle([c.p50 / ours.p50 for c, ours in zip(rounds[C], rounds[name], strict=True)])


def table(caption: str, rounds: Rounds) -> Table:
    """Return one row a reader; a layer of ours says what it adds to the one above it."""
    p50 = {name: middle([each.p50 for each in spreads]) for name, spreads in rounds.items()}
    layers = [name for name in rounds if name in LAYERS]
    adds = {name: p50[name] - p50[below] for below, name in pairwise(layers)}
    rows = []
    for name, spreads in rounds.items():
        p99 = middle([each.p99 for each in spreads])
        added = f"{adds[name] * 1000:+.3f}" if name in adds else ""
        rows.append([name, ms(p50[name]), ms(p99), f"{1 / p50[name]:.0f}", ratio(share_of_c(rounds, name)), added])
    return Table(("reader", "p50 ms", "p99 ms", "reads/s", "of libmodbus in C", "adds ms"), rows, f"**{caption}**")


def _goal(where: str, rounds: Rounds, wanted: float) -> Goal:
    found = share_of_c(rounds, OURS)
    return Goal(f"`read_many` {where}: ≥ {wanted} of libmodbus in C", ratio(found), found >= wanted)
