"""The virtual world of a training station: cars, the people in and around them, scenarios, faults."""
