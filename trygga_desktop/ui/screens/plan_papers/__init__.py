"""The pages of a plan as they will be printed, "My plan" first."""
