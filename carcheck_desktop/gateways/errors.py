"""What can go wrong with somebody outside; each carries cause, evidence and next step, none carries personal data."""

from __future__ import annotations

from carcheck_desktop.base.errors import CarcheckError, UsageError
from carcheck_desktop.base.messages import Severity


class GatewayError(CarcheckError):
    """Somebody outside did not answer as he should; the station's work goes on without him."""

    severity = Severity.WARNING


class AwayError(GatewayError):
    """Nobody, or nobody who understands, is at the address; enough of these in a row and nobody is asked any more."""


class NotReachedError(AwayError):
    """Nothing reached the other side: the question may be asked again."""


class ProfileError(UsageError):
    """A profile cannot be used."""
