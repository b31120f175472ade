"""Who holds key and licence: handovers, and corrections of the record."""
