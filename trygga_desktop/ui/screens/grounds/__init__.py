"""Telling without consent: what was decided on other legal grounds, and the form for one more."""
