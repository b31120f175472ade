"""Writes the published description: `python -m carcheck_desktop.link.server.published > docs/openapi.json`.

It is the one of a process that has every part; a service or a lane serves as much of it as it has.
"""

from __future__ import annotations

import json
import sys
from typing import Any, cast

from carcheck_desktop.link.server.application import create_app
from carcheck_desktop.link.server.describe import describe
from carcheck_desktop.link.server.parts import LinkParts


def published() -> dict[str, Any]:
    """Return the description of an app with every part (which is described, never run)."""
    anything = cast("Any", object())
    parts = LinkParts(
        desk=anything,
        facts=anything,
        door=anything,
        samples=anything,
        blobs=anything,
        intake=anything,
        records=anything,
        verdicts=anything,
        takes_lanes=True,
    )
    return describe(create_app(parts), has_samples=True)


if __name__ == "__main__":
    json.dump(published(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
