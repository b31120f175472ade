"""The cash desk: money in cash and by scanned code, receipts' numbers, money given back, the drawer."""
