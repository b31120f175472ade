"""The control window: all lanes at a glance, one large, and the commands of a lane controller."""
