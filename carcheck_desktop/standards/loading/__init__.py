"""What `tables` is read with: strict rows of a TOML file, and rows that hold from day to day."""
