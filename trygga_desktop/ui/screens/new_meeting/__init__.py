"""The form for a new meeting: when, where, who leads, who comes, what is gone through."""
