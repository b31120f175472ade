"""How the board is drawn: a state becomes pieces with places, and only pieces that changed are painted."""
