"""The one family of errors: each carries a `Problem` with cause, evidence and next step."""

from __future__ import annotations

from carcheck_desktop.base.messages import Problem, Severity, params_of


class CarcheckError(Exception):
    """An error that a person can act on.

    `code` names three catalogue entries (`.cause`, `.evidence`, `.next`); keyword arguments fill
    their placeholders. `severity` says how loudly it is shown.
    """

    severity = Severity.ERROR

    def __init__(self, code: str, /, **params: object) -> None:
        self.problem = Problem(code, params_of(params), self.severity)
        shown = ", ".join(f"{key}={value}" for key, value in self.problem.params.items())
        super().__init__(f"{code}: {shown}" if shown else code)

    @property
    def code(self) -> str:
        """The problem's code."""
        return self.problem.code


class UsageError(CarcheckError):
    """The command line, a file or a setting cannot be used (exit code 2)."""


class DataError(CarcheckError):
    """Stored or received data does not have the shape it must have."""


class RefusedError(CarcheckError):
    """A rule of the house refuses what was asked; nothing was changed."""


class StorageError(CarcheckError):
    """The database or a file could not be read or written."""


class LinkError(CarcheckError):
    """Another process of the station did not answer as it should."""


class DeviceError(CarcheckError):
    """An instrument did not do what was asked."""
