"""The parts that screens are built from: one module per widget."""
