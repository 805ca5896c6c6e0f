"""Communities that are told of challenges, and how many people came through each."""
