"""Keys and signatures: bytes in, bytes out."""
