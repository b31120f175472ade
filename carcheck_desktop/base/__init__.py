"""The ground floor: errors, messages, units, clocks, ids, data, configuration; no Qt, no SQL."""
