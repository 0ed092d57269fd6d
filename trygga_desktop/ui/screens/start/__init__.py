"""The first picture: make a vault, open one, or get back into one."""
