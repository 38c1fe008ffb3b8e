"""The link to the broker: a process of its own, and the pipes and boxes to and from it."""
