"""The manager's screens of judging: the panel, who judges what, and how far they are."""
