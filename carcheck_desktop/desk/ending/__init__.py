"""How a visit is held, freed, closed, withdrawn, corrected, and opened once more for a recheck."""
