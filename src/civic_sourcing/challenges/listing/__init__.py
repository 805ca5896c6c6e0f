"""The list of challenges: what somebody wishes to see of it, as cards and as a feed."""
