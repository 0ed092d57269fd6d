"""Excerpts of a sealed protocol, and who has which copy."""
