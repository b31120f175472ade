"""How `verdicts` comes to its cards: does a run count, which limit holds, one axle, all axles."""
