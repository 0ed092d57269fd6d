"""Records in, values out: what is encrypted is encrypted here and only here."""
