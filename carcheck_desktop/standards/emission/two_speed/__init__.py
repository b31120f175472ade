"""Two-speed idle (双怠速法) of a record: its seconds, whether they count, and what both paths judge alike."""
