"""What the windows of people who sign in have in common: the bar at the top, the sign-in, sending, the window itself."""
