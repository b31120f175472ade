"""Stored verdicts looked at again: explained, held against their raw data, judged under other editions. Nothing is written."""
