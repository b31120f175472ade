"""Pages for people without our program: the owner's read-only progress page. It knows domain, link and base only."""
