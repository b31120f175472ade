"""Bytes to printers that can die: ways to them, our own status check, what became of a page, one thread a printer."""
