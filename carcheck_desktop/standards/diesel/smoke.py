"""Opacity and light absorption (不透光度 N, 光吸收系数 k) of one another, by the path of the light (GB 3847, annex C)."""

from __future__ import annotations

from fractions import Fraction

from carcheck_desktop.standards.powers import exp, ln

HIGHEST_K_PER_M = 30
"""More is no smoke: the densest that an opacimeter shows, 99.9 %, is 16 per metre."""


def absorption(opacity_percent: Fraction, path_m: Fraction) -> Fraction:
    """Return k in 1/m of an opacity of 0 up to, but not including, 100 %."""
    return -Fraction(ln(1 - opacity_percent / 100)) / path_m if opacity_percent else Fraction(0)


def opacity(k_per_m: Fraction, path_m: Fraction) -> Fraction:
    """Return the opacity in % of a light absorption in 1/m."""
    return 100 * (1 - Fraction(exp(-k_per_m * path_m)))
