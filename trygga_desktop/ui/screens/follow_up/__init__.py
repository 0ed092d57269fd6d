"""What was promised in all cases, by its days."""
