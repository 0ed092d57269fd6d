"""A case that is spoken of without the name, for its leader alone, and the gate to the name."""
