"""The log of a case: who did what in it, and when. A page for the operator alone."""
