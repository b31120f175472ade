"""What the pickup window says of visits, papers and actions; pure."""
