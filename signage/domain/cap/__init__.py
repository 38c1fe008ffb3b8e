"""CAP 1.2 as rules without input or output: messages, their life cycle, areas, the city's table."""
