"""May this be told? A page for the operator alone: what, to whom, and why or why not."""
