"""What people fill in and press."""
