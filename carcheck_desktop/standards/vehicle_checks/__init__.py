"""The rest of the safety inspection beside brakes: sideslip, headlamps, beams, speedometer, masses, dimensions, tyres."""
