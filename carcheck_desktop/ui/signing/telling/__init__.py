"""What the signing window says of reports and actions; pure."""
