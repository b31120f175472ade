"""The path by which a stored verdict is explained."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Path, Query, Response

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.link.server.answers import answer
from carcheck_desktop.link.server.describe import problems, shape, told

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import Verdicts

MOST_ATTEMPTS = 10_000


def add_verdicts(app: FastAPI, verdicts: Verdicts) -> None:
    """Add the path of explained verdicts."""

    @app.get(
        "/visits/{wanted}/items/{item}/verdict",
        summary="Why an item of a visit came out as it did: cards, derivation, curve with limits, other editions",
        response_class=Response,
        responses={
            200: told("the verdict, as stored and computed again", shape(VerdictView)),
            **problems(
                s400="no such item or attempt", s404="no such visit", s422="malformed, or no such edition",
                s503="the database cannot be read",
            ),
        },
    )  # fmt: skip
    async def verdict(
        wanted: Annotated[str, Path(max_length=100)],
        item: Annotated[str, Path(max_length=40, description="the item's code, such as B1; `whole`: the vehicle")],
        edition: Annotated[
            str | None, Query(max_length=100, description="beside it only this one; left out: every other one")
        ] = None,
        attempt: Annotated[int | None, Query(ge=1, le=MOST_ATTEMPTS, description="left out: the last one")] = None,
    ) -> Response:
        found = await asyncio.to_thread(verdicts.verdict, wanted, item, edition, attempt)
        if found is None:
            return answer(Problem("link.visit_unknown", {"wanted": wanted}), 404)
        return await asyncio.to_thread(answer, found)
