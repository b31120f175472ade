"""What the control window says and allows, from views alone: frozen states, pure, no Qt."""
