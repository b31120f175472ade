"""Below the tables: connections, their errors, the lock against a second opener, disk space."""
