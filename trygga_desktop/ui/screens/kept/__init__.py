"""Text that was typed and not recorded, and what was thrown away."""
