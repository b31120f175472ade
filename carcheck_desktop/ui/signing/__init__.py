"""The authorised signer's window: the queue of reports, one of them large, the PIN that signs it."""
