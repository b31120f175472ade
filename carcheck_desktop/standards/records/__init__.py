"""Inspection records as plain data: what may be asked of the rules without a station, and what each measurement's record is."""
