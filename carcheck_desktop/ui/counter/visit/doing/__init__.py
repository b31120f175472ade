"""What a clerk does with a visit: sheets from their first key to their command, corrections, scanned tickets; no Qt."""
