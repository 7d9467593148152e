"""HTML page → tagged PDF/A, laid out by WeasyPrint."""
