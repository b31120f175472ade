"""What the counter needs of the desk: checks of what was typed, look-ups, prices, the preview of a visit."""
