"""One read of ten registers: ours against libmodbus in C, pymodbus and minimalmodbus, unpaced and at true speeds."""

from benchmarks.read_ten.comparison import run

__all__ = ["run"]
