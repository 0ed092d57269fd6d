"""The shared screen of a meeting: what everyone around the table may see, and nothing else."""
