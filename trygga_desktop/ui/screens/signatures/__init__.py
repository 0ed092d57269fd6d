"""Who signs a paper, and the paper that comes back."""
