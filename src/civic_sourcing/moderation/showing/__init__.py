"""What a town shows of its moderation: the public log, reports with figures, agreement."""
