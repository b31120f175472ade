"""Ports as station.toml names them, opened and moved bytes through, with their log; no device and no protocol."""
