"""Cars that came: noted at the gate, and taken over by the visit that takes them in."""
