"""What a table file of each kind must hold: quantities with the cases of their limits, constants and choices.

Data that the loader checks files against; what the figures mean is in the rooms that use them.
"""
