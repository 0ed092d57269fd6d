"""Blocks in, the bytes of a PDF out. Only this package knows reportlab."""
