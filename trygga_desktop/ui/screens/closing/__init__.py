"""How the work of a case ends, and asking again after it."""
