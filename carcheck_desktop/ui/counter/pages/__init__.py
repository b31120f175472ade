"""The screens of the counter window; they only paint, and tell what was typed."""
