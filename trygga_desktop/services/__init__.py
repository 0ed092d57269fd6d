"""One function is one use case, one transaction, one audit entry, one answer."""
