"""From cars and custody to what the keys window says; pure."""
