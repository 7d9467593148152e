"""Blocks → headings, title, contact; what is page furniture and what belongs to a text."""
