"""The steady-state loaded modes ASM5025 and ASM2540 (稳态工况法) by the clock of the 2018 edition."""
