"""Custody of the table files that verdicts rest on: adopted, checked, approved; a difference locks conclusions."""
