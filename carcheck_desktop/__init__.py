"""carcheck: the vehicle-inspection station suite."""

from __future__ import annotations

__version__ = "0.1.0"
