"""Supervision of exhaust reports: what in their own data speaks for a forged or a careless test; flags, never verdicts."""
