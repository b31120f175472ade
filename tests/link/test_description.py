"""The published description is what the program serves, and its shapes are what it reads and writes."""

from __future__ import annotations

import json

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.domain.commands import COMMANDS
from carcheck_desktop.link.server.describe import SHAPES
from carcheck_desktop.link.server.published import published


def test_the_published_description_is_current() -> None:
    kept = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    hint = "python -m carcheck_desktop.link.server.published > docs/openapi.json"
    assert kept == json.loads(json.dumps(published())), hint


def test_every_command_has_a_typed_path() -> None:
    paths = published()["paths"]
    for kind, command in COMMANDS.items():
        body = paths[f"/commands/{kind}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body == {"$ref": f"#/components/schemas/{command.__name__}Order"}


def test_every_reference_resolves_and_both_streams_are_described() -> None:
    described = published()
    text = json.dumps(described)
    names = {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= described["components"]["schemas"].keys()
    assert {shape.__name__ for shape in SHAPES} <= described["components"]["schemas"].keys()
    assert set(described["x-websockets"]) == {"/feed", "/samples"}


def test_decimals_are_strings_and_unknown_keys_of_orders_are_told() -> None:
    schemas = published()["components"]["schemas"]
    assert schemas["AxleWeighing"]["properties"]["left_kg"] == {"type": "string", "format": "decimal"}
    assert schemas["OpenVisitOrder"]["properties"]["issued_at"]["format"] == "date-time"
