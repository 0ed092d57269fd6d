"""What agencies wrote on their sheets by hand, typed back in."""
