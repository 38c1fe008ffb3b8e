"""Alerts: drawn, proposed, raised, told, reported, and handed on."""
