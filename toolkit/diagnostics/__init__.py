"""What is wrong with an input, where, and what to do: findings and their printers."""

from toolkit.diagnostics.finding import Finding, Position, Severity

__all__ = ["Finding", "Position", "Severity"]
