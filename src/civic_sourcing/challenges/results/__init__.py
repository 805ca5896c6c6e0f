"""From score sheets to winners: rankings, the decision of two people, public verification."""
