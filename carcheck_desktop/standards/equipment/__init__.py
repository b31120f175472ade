"""Checks of the equipment of exhaust lanes (HJ 1237): dynamometer, analyser, opacimeter, sensors, and when a device is locked."""
