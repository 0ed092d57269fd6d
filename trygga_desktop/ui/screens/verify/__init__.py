"""Whether a file is what was sealed."""
