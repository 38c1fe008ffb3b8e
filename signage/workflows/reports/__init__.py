"""What players tell, what they are answered, and what pages say of it."""
