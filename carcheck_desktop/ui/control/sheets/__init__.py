"""The sheets of the control window: small windows that ask for something; stop works in each of them."""
