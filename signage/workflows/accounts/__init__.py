"""People, their sign-ins and tokens, and what they may do."""
