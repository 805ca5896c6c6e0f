"""What becomes of the projects a vote has funded: promises of the city, kept in ``answers``."""
