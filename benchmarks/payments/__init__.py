"""Payments by scanned code at a provider that fails in every way, and a service that is killed: nothing twice, nothing lost."""

from benchmarks.payments.schedule import run

__all__ = ["run"]
