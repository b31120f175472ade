"""Emission of petrol vehicles (GB 18285): its dated tables, which method and why, formulas, verdicts; pure."""
