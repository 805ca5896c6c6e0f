"""A challenge as people read it: where it stands, its dates, prizes, criteria and rules."""
