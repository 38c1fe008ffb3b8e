"""Values and rules of signage, without input or output."""
