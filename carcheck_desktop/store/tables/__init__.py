"""The tables and what is read from and written to them within one transaction."""
