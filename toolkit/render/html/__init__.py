"""View → HTML page, fragment and plain text, through sandboxed templates."""
