"""How it went: the young person's own figures over time, and the actions at each meeting."""
