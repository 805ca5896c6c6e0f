"""Published challenges of another service: read what can be read, list what cannot."""

ZONE = "America/New_York"
"""Where the records come from; they name no zone themselves."""
