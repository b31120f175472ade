"""The windows: theme, components, the bridge from the link, and one folder per role; the only Qt."""
