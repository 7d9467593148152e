"""Many reports: what is to be built, and building it."""
