"""The form in which a case begins with an alias and an age band, and without a name."""
