"""One folder for each make and model; the registry finds them by name and nobody imports them."""
