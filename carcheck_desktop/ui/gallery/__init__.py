"""Every component in every state: the way a designer reviews; it connects to nothing."""
