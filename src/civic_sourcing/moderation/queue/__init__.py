"""The case queue in Wagtail's admin."""
