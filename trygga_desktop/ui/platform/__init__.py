"""What the program needs of the machine it runs on: printers, and files that people keep."""
