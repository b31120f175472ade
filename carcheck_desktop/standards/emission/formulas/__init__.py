"""Formulas of the exhaust of petrol and gas engines, each by itself; exact fractions, constants from the dated tables."""
