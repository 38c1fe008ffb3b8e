"""What others look at before it goes on the air, and what leaves it at once."""
