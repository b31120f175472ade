"""What the counter window says: states of its parts made from drafts and views; pure."""
