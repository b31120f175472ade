"""A visit at the window: what it is, what holds it, what may be done with it. No intake, no taking of money."""
