"""The asking side of the link; httpx and websockets are imported when first needed."""
