"""All that a driver and its simulator may see of carcheck."""
