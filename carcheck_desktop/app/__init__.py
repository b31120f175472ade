"""The only composition: each process of the station is put together here, its rooms loaded late."""
