"""The stylesheet in parts: grounds and texts, what is pressed and filled in, lists and what pops up."""
