"""What carcheck needs of a machine: Python packages (the locks), Debian packages, and how both get there.

Only `bootstrap.py` uses this, with whatever Python it was started by: standard library only, and readable by Python 3.6 on.
"""
