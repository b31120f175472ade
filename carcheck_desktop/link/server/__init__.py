"""The serving side of the link; needs FastAPI and uvicorn, so windows never import it."""
