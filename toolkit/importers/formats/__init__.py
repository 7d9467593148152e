"""File → blocks: one module for each format."""
