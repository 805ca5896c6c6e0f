"""How the city keeps its word, for everybody: page and table."""
