"""By which tables a stored verdict was made, and which others there are to hold it against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.desk.verdicts.facts import SIGNS_OF_A_HASH
from carcheck_desktop.domain.verdicts import WHOLE_ITEM
from carcheck_desktop.standards.again import family_of
from carcheck_desktop.standards.families.known import SAFETY
from carcheck_desktop.standards.loading.files import kept_edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.desk.verdicts.facts import Measured
    from carcheck_desktop.domain.ports import Blobs
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.rulebook import Rulebook


class Tables:
    """The editions of this release, and every table that was ever approved here: its content is a blob under its hash."""

    def __init__(self, rules: Rulebook, blobs: Blobs) -> None:
        self.rules = rules
        self._blobs = blobs
        self._by_hash = {each.table_hash: each for each in rules.editions}

    def names(self, family: str | None) -> tuple[str, ...]:
        """Return the editions of a family that can be asked for, those of now first."""
        return tuple(each.edition for each in self.rules.editions if each.family.name == family)

    def beside(self, family: str | None, table_hash: str) -> tuple[Edition, ...]:
        """Return every edition of a family but the table with this hash."""
        return tuple(
            each for each in self.rules.editions if each.family.name == family and each.table_hash != table_hash
        )

    def by_hash(self, edition: str, table_hash: str) -> Edition:
        """Return the very table that a card names, as it was then, whatever this program asks of tables today.

        Raises `DataError` `desk.verdicts.own_table_gone` when nobody kept it.
        """
        known = self._by_hash.get(table_hash)
        if known is None:
            content = self._blobs.get(table_hash)
            if content is None:
                raise DataError("desk.verdicts.own_table_gone", edition=edition, hash=table_hash[:SIGNS_OF_A_HASH])
            known = self._by_hash[table_hash] = kept_edition_of(edition, content)
        return known

    def own_of(self, measured: Measured) -> Edition:
        """Return the tables by which an item was judged; of one without a card, those in force on its day."""
        item = measured.item
        if item.cards:
            return self.by_hash(item.cards[0].edition, item.cards[0].table_hash)
        family = family_of(item)
        if family is None:
            raise DataError("desk.verdicts.never_judged", item=item.item)
        return self.rules.edition(family, measured.on)

    def own_of_whole(self, visit: VisitView) -> Edition:
        """Return the tables of safety by which a visit was concluded."""
        card = next(iter(whole_cards(visit.conclusion_cards)), None)
        if card is not None:
            return self.by_hash(card.edition, card.table_hash)
        return self.rules.safety


def whole_cards(cards: Iterable[VerdictCard]) -> tuple[VerdictCard, ...]:
    """Return the cards over the whole vehicle."""
    return tuple(card for card in cards if card.item == WHOLE_ITEM)


def is_of_safety(edition: Edition) -> bool:
    """Say whether an edition judges brakes, on which the conclusion over the whole rests."""
    return edition.family is SAFETY
