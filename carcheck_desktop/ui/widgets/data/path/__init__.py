"""The stages of a visit or the items of an attempt as a path."""
