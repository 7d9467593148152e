"""View → bytes, one folder for each kind of document."""
