"""Pictures of a player's glass at every change that people may see, for people to look at."""
