"""What people type, understood: dates, numbers, plates; pure, no Qt, no words."""
