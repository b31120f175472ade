"""From the link to the windows: folded state without Qt, words, and the one timer that drains it."""
