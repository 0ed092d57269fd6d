"""The field's own values and rules: plain Python, no rows, no screens."""
