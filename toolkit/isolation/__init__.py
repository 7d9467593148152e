"""Running code that may misbehave: in processes of its own, within limits, told when it ends."""
