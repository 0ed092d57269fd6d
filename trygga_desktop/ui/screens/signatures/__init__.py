"""Who signs a sealed protocol, and the paper that comes back."""
