"""The pickup window: what is ready, what is held and why, papers, calls, keys, the end of a visit."""
