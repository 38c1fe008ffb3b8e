"""What a trial of the installation needs."""
