"""The door of carcheck: everything else stands in the package."""

from __future__ import annotations

from carcheck_desktop.cli import main

raise SystemExit(main())
