"""The steps that make a vault."""
