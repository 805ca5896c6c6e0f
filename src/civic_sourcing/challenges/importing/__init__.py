"""Published challenges of another service: read what can be read, list what cannot."""
