"""One case, as its operator reads it."""
