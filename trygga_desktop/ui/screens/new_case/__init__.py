"""The form that opens a case."""
