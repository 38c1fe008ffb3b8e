"""Hand-carried bundles: a medium is read, judged whole, and taken in by itself."""
