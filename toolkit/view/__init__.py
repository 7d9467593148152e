"""What templates may see: finished text and tables, frozen."""
