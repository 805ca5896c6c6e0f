"""The booth: where voters are let in, fill in a ballot, look it over and cast it."""
