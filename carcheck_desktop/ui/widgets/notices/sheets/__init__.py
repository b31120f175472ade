"""What is asked inside the window: sheets over it, confirmations."""
