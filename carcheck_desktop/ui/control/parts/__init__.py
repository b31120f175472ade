"""The parts of the control window that paint its states."""
