"""When a vehicle is due for its next inspection, and how long it stays valid: expected dates, never the system's own."""
