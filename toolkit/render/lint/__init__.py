"""Reading templates without filling them: every fault at once, each at its place."""
