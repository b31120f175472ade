"""The words of the station as frozen types, and the pure functions over them."""
