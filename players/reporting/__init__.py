"""What the player tells: status, pictures of the glass, the journal of plays, troubles."""
