"""What the young person says before a meeting: a form that is filled in together with them."""
