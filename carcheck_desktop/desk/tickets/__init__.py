"""Queue tickets: one number per visit, from gate to pickup, recheck included."""
