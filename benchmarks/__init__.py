"""Measured claims, each against a peer or a limit in the same run; `python3 bootstrap.py bench [NAME …] [--quick]`."""
