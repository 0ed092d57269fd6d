"""Back into a vault with the recovery code."""
