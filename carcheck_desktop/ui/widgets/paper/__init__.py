"""A document as it will be printed, on the screen."""
