"""The manager's screens after the judging: rankings, who wins, and the award ledger."""
