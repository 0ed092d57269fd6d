"""The contact directory: organisations, and the professionals who speak for them."""
