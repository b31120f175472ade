"""Modbus over a transport: frames, the master of a line, and wire logs read back as exchanges."""
