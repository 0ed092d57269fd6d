"""Two versions of a plan side by side."""
