"""Explained verdicts as the link serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.desk.verdicts.facts import visit_of
from carcheck_desktop.desk.verdicts.showing import verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.ports import Store
    from carcheck_desktop.standards.rulebook import Rulebook


class VerdictFront:
    """Fulfils `domain.ports.Verdicts`; `rules` gives the tables that the station works with at the moment."""

    def __init__(self, store: Store, rules: Callable[[], Rulebook]) -> None:
        self._store = store
        self._rules = rules

    def verdict(
        self, wanted: str, item: str, edition: str | None = None, attempt: int | None = None
    ) -> VerdictView | None:
        """Explain an item, beside it under one named edition or under every other one of its family."""
        rules = self._rules()
        others = None if edition is None else (rules.named(edition),)
        with self._store.read() as uow:
            try:
                visit_of(uow, wanted)
            except UsageError:
                return None
            return verdict_of(uow, rules, wanted, item, others, attempt)
