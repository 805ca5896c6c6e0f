"""Where officials answer: screens in Wagtail's admin."""
