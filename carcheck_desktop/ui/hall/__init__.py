"""The hall board: one row a car for people who wait; it subscribes and never commands."""
