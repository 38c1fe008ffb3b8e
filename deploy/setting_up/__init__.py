"""The steps of `make setup`, one file each; they use nothing but the standard library."""
