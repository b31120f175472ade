"""The counter window (窗口受理): a clerk takes a car in, keyboard first, one task a screen."""
