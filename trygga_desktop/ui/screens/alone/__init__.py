"""What is asked before a page for one person alone follows on a screen that everyone saw."""
