"""`verify`: a walk over everything that is stored, by whoever doubts it, without any secret."""
