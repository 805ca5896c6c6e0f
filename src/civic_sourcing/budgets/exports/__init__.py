"""What a town hands out of a vote: ballots, result and tables, for anybody to count again."""
