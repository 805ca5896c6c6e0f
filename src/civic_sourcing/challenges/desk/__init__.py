"""The manager's desk: the nine sections of a challenge, its review, and its partners."""
