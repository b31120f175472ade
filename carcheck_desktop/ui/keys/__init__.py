"""The keys window: for guide and lane driver, under a thumb: who has which key, and the next car for me."""
