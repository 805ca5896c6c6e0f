"""The screen on which editors say what holds in a forum, and what its editor shows of it."""
