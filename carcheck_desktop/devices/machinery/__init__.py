"""What carries the drivers: ports, lines, codecs, wire logs, registry, handles, simulator servers."""
