"""The PC around the player: watchdog, service, installation, and what is wrong with it."""
