"""The transient loaded mode VMAS (简易瞬态工况法), and given results of the transient mode (瞬态工况法)."""
