"""Curves and gauges."""
