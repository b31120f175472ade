"""A table that is driven by the keyboard and stays smooth with ten thousand rows."""
