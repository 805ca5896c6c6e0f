"""The four parts of a vote's set-up: money and areas, ballot, choices, counting."""
