"""From the station's views to what the board says: order, pages, sentences; no Qt."""
