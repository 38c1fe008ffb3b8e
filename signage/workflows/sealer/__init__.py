"""The sealer: what is asked of it, whose factor it takes, what it writes into its book."""
