"""From what is wanted to what is sealed and sent."""
