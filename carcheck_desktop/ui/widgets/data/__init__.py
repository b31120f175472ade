"""What a window shows of the station: lists, cards, tiles."""
