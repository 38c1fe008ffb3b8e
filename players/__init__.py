"""The player: what runs beside a display and keeps it showing the right picture."""
