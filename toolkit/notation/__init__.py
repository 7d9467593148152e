"""Numbers, dates and signs as Chinese offices write them: read and written once, for all rooms."""
