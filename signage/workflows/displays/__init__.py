"""Units, sites, displays and their players: set up, listed, commanded."""
