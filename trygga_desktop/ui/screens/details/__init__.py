"""The details of one person of a case: names, numbers, and how they are protected."""
