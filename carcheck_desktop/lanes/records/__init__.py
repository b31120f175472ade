"""What a lane knows and writes down: its facts, its positions, how it goes on and how things end."""
