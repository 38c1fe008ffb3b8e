"""A whole city on one machine: controller, broker, three players and the Pleiku sample."""
