"""The one thread that owns a port: jobs by urgency, the health of its devices, causes told apart."""
