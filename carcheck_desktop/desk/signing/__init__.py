"""Reports: made ready when a visit is concluded, signed or rejected by an authorised signer."""
