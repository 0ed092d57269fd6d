"""Colours, type, icons: one place that decides how the program looks."""
