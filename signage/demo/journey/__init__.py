"""The whole journey from an upload to the glass and an override, driven and seen from outside."""
