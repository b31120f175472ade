"""The print ledger: what was printed, what is in doubt, what is void, and the commands about it."""
