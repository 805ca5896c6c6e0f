"""Questions about a challenge and their replies, in public, so that all know the same."""
