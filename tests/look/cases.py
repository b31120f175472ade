"""What is looked at and how: the factors of a case and their valid combinations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from carcheck_desktop.base.catalogues import PSEUDO
from tests.look.pairs import Row, all_pairs

LANGUAGES = ("zh_CN", "en", PSEUDO)


@dataclass(frozen=True, slots=True)
class Size:
    """A screen: its pixels and how many of them the system takes for one."""

    name: str
    width: int
    height: int
    factor: float = 1.0

    @property
    def logical(self) -> tuple[int, int]:
        """Return width and height as a window sees them."""
        return round(self.width / self.factor), round(self.height / self.factor)


SIZES = {
    size.name: size
    for size in (
        Size("1366x768", 1366, 768),
        Size("1920x1080", 1920, 1080),
        Size("3840x2160", 3840, 2160),
        Size("1920x1080@125", 1920, 1080, 1.25),
        Size("1920x1080@150", 1920, 1080, 1.5),
        Size("1080x1920", 1080, 1920),
        Size("2160x3840", 2160, 3840),
    )
}
LEVEL = ("1366x768", "1920x1080", "3840x2160", "1920x1080@125", "1920x1080@150")
ROOM = {
    "1366x768": "little", "1920x1080@150": "little", "1920x1080": "usual", "1920x1080@125": "usual", "3840x2160": "much",
    "1080x1920": "upright", "2160x3840": "upright",
}  # fmt: skip
"""How much room a size leaves: what fits one size of a room fits the others nearly always."""
UPRIGHT = ("1080x1920", "2160x3840")


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One picture: a subject in a language, on a screen, in a theme and a density."""

    subject: str
    language: str
    size: str
    theme: str
    density: str

    @property
    def name(self) -> str:
        """Return the name of its picture."""
        return "-".join(part for part in self.parts if part)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the value of each factor."""
        return self.subject, self.language, self.size, self.theme, self.density

    @property
    def window(self) -> str:
        """Return whose subject it is: the window's name, or the gallery's."""
        return self.subject.partition("_")[0]

    @property
    def factors(self) -> tuple[str, ...]:
        """Return what a small choice is made by: room instead of size, and each window's sizes beside it."""
        return self.subject, self.language, ROOM[self.size], self.theme, self.density, f"{self.window} {self.size}"

    @property
    def factor(self) -> float:
        """Return its screen's scale, which belongs to a process."""
        return SIZES[self.size].factor


SUBJECT_APART = frozenset({(2, 5), *((0, each) for each in range(1, 6))})
"""Of `Case.factors`: what is seen of a window in some situation or other, not in each."""
HARDEST = (("zh_CN", PSEUDO), ("little", "usual", "upright"))
"""The first language, and English made longer than it is; little room and the usual one. What fits there fits in more."""


def small_choice(cases: Iterable[Case]) -> list[Case]:
    """Choose cases: each situation in the hardest languages and rooms and in each theme; each window in every two factors."""
    by_factors = {case.factors: case for case in cases}
    languages, rooms = HARDEST
    hard: dict[str, list[Row]] = {}
    for row in sorted(by_factors):
        if row[1] in languages and row[2] in rooms:
            hard.setdefault(row[0], []).append(row)
    chosen = set(all_pairs(by_factors, SUBJECT_APART))
    for place, rows in enumerate(hard.values()):
        chosen |= _few(rows, place, chosen)
    return [by_factors[row] for row in sorted(chosen)]


def _few(rows: list[Row], turn: int, chosen: set[Row]) -> set[Row]:
    """Return as few rows of one situation as show each of its languages, rooms, themes and densities; others take other ones.

    Greedy, and what is chosen for the window anyway counts.
    """
    wanted = {(place, row[place]) for row in rows for place in range(1, 5)}
    few = [row for row in rows if row in chosen]
    open_ = wanted - {(place, row[place]) for row in few for place in range(1, 5)}
    turned = rows[turn % len(rows) :] + rows[: turn % len(rows)]
    # where most has to go into least room is always one of them
    turned.sort(key=lambda row: (row[1] != PSEUDO) + (row[2] != "little"))
    if not any(row[1] == PSEUDO and row[2] == "little" for row in few):
        few.append(turned[0])
        open_ -= {(place, turned[0][place]) for place in range(1, 5)}
    while open_:
        best = max(turned, key=lambda row: sum((place, row[place]) in open_ for place in range(1, 5)))
        few.append(best)
        open_ -= {(place, best[place]) for place in range(1, 5)}
    return set(few)
