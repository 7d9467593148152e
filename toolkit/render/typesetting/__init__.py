"""Where Chinese text may break: marks, titles, labels."""
