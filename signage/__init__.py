"""The controller: people edit, approve and schedule; it renders, signs and publishes."""
