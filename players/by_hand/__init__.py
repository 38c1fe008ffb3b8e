"""Outputs tried by hand: a picture, a pattern, or what answers on the network."""
