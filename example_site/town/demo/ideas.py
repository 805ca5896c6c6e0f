"""What the town shows of this room."""


def load() -> None:
    """Add nothing yet."""
