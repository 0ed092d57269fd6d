"""The meetings of a case, as one of its tabs."""
