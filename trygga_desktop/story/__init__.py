"""Tells invented cases to a vault, each thing on its own day, through the use cases."""
