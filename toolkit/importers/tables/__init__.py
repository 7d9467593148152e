"""Blocks → cells of the form: ruled tables, tables as lines, tables by position."""
