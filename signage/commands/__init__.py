"""The command line by subject: groups of `signage` commands, and what they write."""
