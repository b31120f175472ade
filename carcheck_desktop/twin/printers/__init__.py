"""Fake receipt printers as real far ends: they read ESC/POS, print at their speed, keep what came out, and can die."""
