"""What a list of rows is made of: rows by their key, the places of their parts, how they are drawn."""
