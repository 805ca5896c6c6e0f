"""What managers see of entries and questions in Wagtail's admin; sealed ones stay sealed."""
