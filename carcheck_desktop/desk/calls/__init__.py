"""Calls of owners to the window and to pickup."""
