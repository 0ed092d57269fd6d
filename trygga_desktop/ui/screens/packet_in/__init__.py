"""A packet that came from another vault, looked at before anything of it is taken in."""
