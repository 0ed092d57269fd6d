"""The first screen of an open vault: the cases one can open."""
