"""Tokens, stylesheet, font and icons: the one visual language of every window."""
