"""What the visit's page and its sheets say: states made from views and words; pure."""
