"""What the insurer's answers come to for a visit, and a clerk's own word for a paper policy."""
