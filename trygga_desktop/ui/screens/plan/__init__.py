"""The plan of a case, as an outline that is written with the keyboard."""
