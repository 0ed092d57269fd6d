"""The people of a case: family and those close to it, and the professionals around them."""
