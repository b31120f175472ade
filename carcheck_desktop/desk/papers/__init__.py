"""Papers of a visit: what stands on them, the ledger of what was printed, and the commands about them."""
