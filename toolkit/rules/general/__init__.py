"""The national rules, one file a family; each ends in ``RULES``."""
