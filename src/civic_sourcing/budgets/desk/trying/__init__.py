"""Dry runs: several rules on the ballots of a past election, side by side."""
