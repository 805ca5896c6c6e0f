"""Where the queue is found."""

URL_NAME = "civic_moderation_admin"
