"""A new plugin that works at once, made from ``templates/new-plugin/``."""
