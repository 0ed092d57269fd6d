"""The consents of a case: who may know what on a day, and why."""
