"""The rules: applicability, formulas, limits, verdicts and their explanation.

Everything here is pure: no clock, file, random or thread. Table files are read outside, parsed by
`tables.parse` and passed in; the day that decides which row holds is an argument.
"""
